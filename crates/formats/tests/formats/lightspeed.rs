//! Lightspeed: trades.

use crate::{line, read};

#[test]
fn all_columns_of_fees_are_summed_and_the_net_amount_is_checked() {
    let (report, collected) = read(
        "Trade Number,Trade Date,Execution Time,Symbol,Side,Qty,Price,Commission Amount,FeeSEC,FeeTAF,Buy/Sell,Principal Amount,NET Amount\n\
         T1,01/05/2026,09:30:00,AAPL,B,100,243.36,0.45,0,0,Buy,24336,24336.45\n\
         T2,01/05/2026,09:31:00,AAPL,S,100,243.40,0.45,0.56,0.02,Sell,24340,24338.97\n\
         T3,01/05/2026,09:32:00,TSLA,?,10,400,0.45,0.1,0.01,Sell Short,4000,3999.44\n\
         T4,01/05/2026,09:33:00,TSLA,B,10,400,0.45,0,0,Buy,4000,4001.00\n\
         ,01/05/2026,09:33:00,TSLA,B,10,400,0.45,0,0,Buy,4000,4000.45\n",
    );
    let lines: Vec<String> = collected.fills.iter().map(line).collect();

    assert_eq!(
        lines,
        [
            "2: AAPL buy 100 @ 243.36 x1 commission 0.45 fees 0 USD at 1767623400",
            "3: AAPL sell 100 @ 243.4 x1 commission 0.45 fees 0.58 USD at 1767623460",
            "4: TSLA sell 10 @ 400 x1 commission 0.45 fees 0.11 USD at 1767623520",
            "5: TSLA buy 10 @ 400 x1 commission 0.45 fees 0 USD at 1767623580",
        ]
    );
    assert_eq!(collected.fills[0].execution_id, "01/05/2026:T1");
    assert!(
        collected.codes().contains(&(5, "amount-mismatch")) && collected.codes().contains(&(6, "bad-id"))
    );
    assert_eq!((report.rows.read, report.rows.rejected), (4, 1));
}
