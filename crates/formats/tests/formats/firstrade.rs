//! Firstrade: account history.

use crate::{line, read, told};

#[test]
fn the_time_stands_in_the_description() {
    let (report, collected) = read(
        "Symbol,Quantity,Price,Action,Description,TradeDate,SettledDate,Interest,Amount,Commission,Fee,CUSIP,RecordType\n\
         AAPL,100,243.36,BUY,APPLE INC UNSOLICITED EXEC TIME 09:30:15,2026-01-05,2026-01-06,0,-24336,0,0,037833100,Trade\n\
         AAPL,-100,250,SELL,APPLE INC,01/12/2026,2026-01-13,0,24999.31,0,0.69,037833100,Trade\n\
         AAPL,0,0,Dividend,APPLE INC CASH DIV,2026-01-20,2026-01-20,0,26,0,0,037833100,Financial\n\
         ,0,0,Other,ACH DISBURSEMENT,2026-01-21,2026-01-21,0,-500,0,0,,Financial\n\
         SPY260116C00580000,-1,0,Other,CALL SPY EXPIRED,2026-01-16,2026-01-16,0,0,0,0,,Financial\n\
         KOD,10,0,Other,TRANSFER IN,2026-01-16,2026-01-16,0,0,0,0,,Financial\n",
    );
    let lines: Vec<String> = collected.fills.iter().map(line).collect();

    assert_eq!(
        lines,
        [
            "2: AAPL buy 100 @ 243.36 x1 commission 0 fees 0 USD at 1767623415",
            "3: AAPL sell 100 @ 250 x1 commission 0 fees 0.69 USD at 1768194000",
        ]
    );
    assert!(!collected.fills[0].executed_at.date_only && collected.fills[1].executed_at.date_only);
    let told: Vec<String> = collected.events.iter().map(told).collect();
    assert_eq!(told, ["dividend 26 USD", "withdrawal -500 USD", "Expiry 1 SPY260116C00580000"]);
    assert_eq!((report.rows.read, report.rows.skipped), (5, 1));
}
