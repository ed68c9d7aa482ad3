//! Fidelity: account history.

use crate::{line, read, told};
use formats::Cause;
use ledger::Effect;

const HEADER: &str = "Run Date,Account,Account Number,Action,Symbol,Description,Type,Price ($),Quantity,Commission ($),Fees ($),Accrued \
                      Interest ($),Amount ($),Settlement Date";

#[test]
fn sentences_tell_trades_from_ends_of_options_and_cash() {
    let (report, collected) = read(&format!(
        "\n\n{HEADER}\n\
         01/20/2026,Individual,Z1,EXPIRED PUT (NVDA) as of Jan-16-2026 (Margin),-NVDA260116P195,PUT (NVDA),Margin,,1,,,,0.00,\n\
         01/20/2026,Individual,Z1,YOU BOUGHT ASSIGNED PUTS AS OF 01-16-26 KOD (KOD) (Cash),KOD,KODIAK,Cash,35,100,,,,-3500,01/21/2026\n\
         01/12/2026,Individual,Z1,YOU SOLD APPLE INC (AAPL) (Cash),AAPL,APPLE INC,Cash,250,-100,,0.05,,24999.95,01/13/2026\n\
         01/06/2026,Individual,Z1,YOU SOLD OPENING TRANSACTION PUT (NVDA) (Margin), -NVDA260710P195,PUT (NVDA),Margin,2,-1,0.65,0.02,,\
         199.33,01/07/2026\n\
         01/05/2026,Individual,Z1,DIVIDEND RECEIVED VANGUARD (VTI) (Cash),VTI,VANGUARD,Cash,,0,,,,12.5,\n\
         01/05/2026,Individual,Z1,REINVESTMENT FIDELITY MONEY MARKET (SPAXX) (Cash),SPAXX,CORE,Cash,,1.2,,,,-1.2,\n\
         01/05/2026,Individual,Z1,BUY CANCEL APPLE INC (AAPL) (Cash),AAPL,APPLE INC,Cash,250,-100,,,,25000,\n\
         01/02/2026,Individual,Z1,Electronic Funds Transfer Paid (Cash),,No Description,Cash,,0,,,,-500,\n\
         \n\
         \"The data and information in this spreadsheet is provided to you solely for your use.\"\n\
         Date downloaded 01/21/2026 10:00 am\n"
    ));
    let lines: Vec<String> = collected.fills.iter().map(line).collect();

    assert_eq!(
        lines,
        [
            "5: KOD buy 100 @ 35 x1 commission 0 fees 0 USD at 1768885200",
            "6: AAPL sell 100 @ 250 x1 commission 0 fees 0.05 USD at 1768194000",
            "7: -NVDA260710P195 sell 1 @ 2 x100 commission 0.65 fees 0.02 USD at 1767675600",
        ]
    );
    assert_eq!(
        (collected.fills[0].cause, collected.fills[2].effect),
        (Cause::Assignment, Some(Effect::Opens))
    );
    let told: Vec<String> = collected.events.iter().map(told).collect();
    assert_eq!(told, ["Expiry 1 -NVDA260116P195", "dividend 12.5 USD", "withdrawal -500 USD"]);
    assert_eq!(
        (report.rows.total, report.rows.read, report.rows.skipped, report.rows.rejected),
        (10, 6, 3, 1)
    );
    assert_eq!(report.accounts, ["Z1"]);
}
