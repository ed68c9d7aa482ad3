//! tastytrade: transactions.

use crate::{line, read, told};
use formats::ParsedEvent;

const HEADER: &str = "Date,Type,Sub Type,Action,Symbol,Instrument Type,Description,Value,Quantity,Average Price,Commissions,Fees,\
                      Multiplier,Root Symbol,Underlying Symbol,Expiration Date,Strike Price,Call or Put,Order #,Currency";

#[test]
fn prices_are_those_of_the_description_and_charges_turn_round() {
    let (report, collected) = read(&format!(
        "{HEADER}\n\
         2026-01-05T09:31:00-0500,Trade,Sell to Open,SELL_TO_OPEN,SPY   260116P00580000,Equity Option,Sold 2 SPY 01/16/26 Put 580.00 @ \
         1.25,250.00,2,125.00,-2.00,-0.28,100,SPY,SPY,1/16/26,580,PUT,901,USD\n\
         2026-01-05T09:30:00-0500,Trade,Buy to Open,BUY_TO_OPEN,AAPL,Equity,Bought 100 AAPL @ 243.36,\"-24,336.00\",100,-243.36,--,-0.08,\
         ,,,,,,900,USD\n\
         2026-01-05T09:29:00-0500,Trade,Buy,BUY,/MESH6,Future,Bought 1 /MESH6 @ 6000.25,0.00,1,0.00,-1.25,-0.55,,,,,,,899,USD\n\
         2026-01-05T09:28:00-0500,Trade,Buy to Open,BUY_TO_OPEN,./MESH6EX2F6 260109P5900,Future Option,Bought 1 /MESH6 EX2F6 01/09/26 \
         Put 5900.00 @ 10.5,-52.50,1,-52.50,-1.25,-0.55,1,MESH6,/MESH6,1/9/26,5900,PUT,898,USD\n"
    ));
    let lines: Vec<String> = collected.fills.iter().map(line).collect();

    assert_eq!(
        lines,
        [
            "2: SPY 260116P00580000 sell 2 @ 1.25 x100 commission 2 fees 0.28 USD at 1767623460",
            "3: AAPL buy 100 @ 243.36 x1 commission 0 fees 0.08 USD at 1767623400",
            "4: /MESH6 buy 1 @ 6000.25 x5 commission 1.25 fees 0.55 USD at 1767623340",
            "5: ./MESH6EX2F6 260109P5900 buy 1 @ 10.5 x5 commission 1.25 fees 0.55 USD at 1767623280",
        ]
    );
    assert_eq!(report.rows.read, 4);
}

#[test]
fn removals_end_options_and_cash_settlement_brings_no_shares() {
    let (report, collected) = read(&format!(
        "{HEADER}\n\
         2026-01-16T16:00:00-0500,Receive Deliver,Expiration,BUY_TO_CLOSE,SPY   260116P00580000,Equity Option,Removal of 1.0 SPY due to \
         expiration.,0.00,1,0.00,--,0.00,100,SPY,SPY,1/16/26,580,PUT,,USD\n\
         2026-01-16T16:00:00-0500,Receive Deliver,Cash Settled Assignment,,SPX   260116P06000000,Equity Option,Cash settled,\"-1,500.00\",\
         1,0.00,--,0.00,100,SPX,SPX,1/16/26,6000,PUT,,USD\n\
         2026-01-16T16:00:00-0500,Receive Deliver,Buy to Open,BUY_TO_OPEN,KOD,Equity,Buy to Open 100 KOD @ 35.00,\"-3,500.00\",100,-35,--,\
         -5.00,,KOD,KOD,,,,,USD\n\
         2026-01-15T16:00:00-0500,Receive Deliver,Reverse Split,SELL_TO_CLOSE,USO,Equity,Reverse split: Close 80 USO,0,80,,--,0,,,,,,,,USD\n\
         2026-01-15T16:00:00-0500,Money Movement,Mark to Market,,/MESH6,Future,Final settlement,-12.50,0,,--,0.00,,,,,,,,USD\n\
         2026-01-15T16:00:00-0500,Money Movement,Withdrawal,,,,Wire,-100.00,0,,--,0.00,,,,,,,,USD\n\
         2026-01-15T16:00:00-0500,Something,,,,,,0,0,,--,0.00,,,,,,,,USD\n"
    ));
    let told: Vec<String> = collected.events.iter().map(told).collect();

    assert_eq!(
        told,
        [
            "Expiry 1 SPY 260116P00580000",
            "Assignment 1 SPX 260116P06000000",
            "settlement -1500 USD",
            "settlement -12.5 USD",
            "withdrawal -100 USD",
        ]
    );
    let separate: Vec<bool> = collected
        .events
        .iter()
        .filter_map(|event| {
            if let ParsedEvent::Option(end) = event { Some(end.underlying_is_separate) } else { None }
        })
        .collect();
    assert_eq!(separate, [true, false]);
    assert_eq!(line(&collected.fills[0]), "4: KOD buy 100 @ 35 x1 commission 0 fees 5 USD at 1768597200");
    assert_eq!(
        (report.rows.total, report.rows.read, report.rows.skipped, report.rows.rejected),
        (7, 5, 1, 1)
    );
}
