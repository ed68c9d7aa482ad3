//! `TradeStation`: orders pasted from its `TradeManager`.

use crate::{line, read};

#[test]
fn filled_orders_are_read_below_whatever_was_pasted_first() {
    let (report, collected) = read(
        "TradeManager - Orders\n\
         Account\tOrder Status\tType\tSymbol\tQty Filled\tFilled Price\tEntered\tCommission\tContract Exp Date\n\
         SIM1\tFilled\tSell Short\tTSLA\t10\t400.00\t01/05/26 09:31:00 AM\t$1.00\t\n\
         SIM1\tFilled\tBuy to Cover\tTSLA\t10\t399.00\t01/05/26 01:31:00 PM\t$1.00\t\n\
         SIM1\tFilled\tBuy to Open\tSYM 260119C150\t2\t1.25\t01/05/26 09:32:00 AM\t$1.20\t01/19/26\n\
         SIM1\tFilled\tBuy\tMESH26\t1\t6000.25\t01/05/26 09:33:00 AM\t$1.20\t03/20/26\n\
         SIM1\tCanceled\tSell\tTSLA\t0\t0\t01/05/26 01:00:00 PM\t\t\n\
         SIM1\tFilled\tBuy\tTSLA\t1\t400\tyesterday\t\t\n",
    );
    let lines: Vec<String> = collected.fills.iter().map(line).collect();

    assert_eq!(
        lines,
        [
            "3: TSLA sell 10 @ 400 x1 commission 1 fees 0 USD at 1767623460",
            "4: TSLA buy 10 @ 399 x1 commission 1 fees 0 USD at 1767637860",
            "5: SYM 260119C150 buy 2 @ 1.25 x100 commission 1.2 fees 0 USD at 1767623520",
            "6: MESH26 buy 1 @ 6000.25 x5 commission 1.2 fees 0 USD at 1767623580",
        ]
    );
    assert_eq!(
        (report.rows.total, report.rows.read, report.rows.skipped, report.rows.rejected),
        (6, 4, 1, 1)
    );
    assert_eq!(report.accounts, ["SIM1"]);
}
