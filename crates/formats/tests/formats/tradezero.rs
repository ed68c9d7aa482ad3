//! `TradeZero`, and the template of `TradeNote`.

use crate::{line, read};

const HEADER: &str = "Account,T/D,S/D,Currency,Type,Side,Symbol,Qty,Price,Exec Time,Comm,SEC,TAF,NSCC,Nasdaq,ECN Remove,ECN Add,Gross \
                      Proceeds,Net Proceeds,Clr Broker,Liq,Note";

#[test]
fn every_fee_counts_and_rebates_survive() {
    let (report, collected) = read(&format!(
        "{HEADER}\n\
         TZ1,01/05/2026,01/06/2026,USD,2,B,AAPL,100,243.36,09:30:00,0.99,0,0,0.01,0,0.3,0,-24336,-24337.3,,R,\n\
         TZ1,1/5/26,1/6/26,USD,2,S,AAPL,100,243.40,09:31:00,0.99,0.56,0.02,0.01,0,0,-0.6,24340,24339.02,,A,\n\
         TZ1,01/05/2026,01/06/2026,USD,2,SS,TSLA,10,400,09:32:00,0.99,0.1,0.01,0,0,0,0,4000,3000,,,\n\
         TZ1,01/05/2026,01/06/2026,USD,2,BC,TSLA,10,x,09:33:00,0.99,0,0,0,0,0,0,-3990,-3990.99,,,\n"
    ));
    let lines: Vec<String> = collected.fills.iter().map(line).collect();

    assert_eq!(
        lines,
        [
            "2: AAPL buy 100 @ 243.36 x1 commission 0.99 fees 0.31 USD at 1767623400",
            "3: AAPL sell 100 @ 243.4 x1 commission 0.99 fees -0.01 USD at 1767623460",
            "4: TSLA sell 10 @ 400 x1 commission 0.99 fees 0.11 USD at 1767623520",
        ]
    );
    assert_eq!((report.rows.total, report.rows.read, report.rows.rejected), (4, 3, 1));
    let told: Vec<u64> =
        collected.codes().iter().filter(|(_, code)| *code == "amount-mismatch").map(|(at, _)| *at).collect();
    assert_eq!(told, [4]);
}

#[test]
fn the_short_form_hides_its_fees_in_the_proceeds() {
    let (report, collected) = read(
        "Account,T/D,S/D,Exec Time,Symbol,Side,Qty,Price,Gross Proceeds,Net Proceeds\n\
         TS1,01/05/2026,01/06/2026,09:30:00,AAPL,B,100,243.36,24336,24337\n\
         TS1,01/05/2026,01/06/2026,09:31:00,AAPL,S,100,243.40,24340,24338.5\n",
    );
    let commissions: Vec<String> = collected.fills.iter().map(|fill| fill.commission.to_string()).collect();

    assert_eq!(commissions, ["1", "1.5"]);
    assert_eq!(report.rows.read, 2);
}
