//! Webull: orders, options, international trades.

use crate::{line, read};
use ledger::Effect;

const ORDERS: &str =
    "Name,Symbol,Side,Status,Filled,Total Qty,Price,Avg Price,Time-in-Force,Placed Time,Filled Time";
const OPTIONS: &str = "Option Level,Symbol,Market,Place Time,Filled Time,B/S,Side Type,Order Type,Option Type,Combo Type,Filled Avg \
                       Price,Filled Qty,Traded Value,Commission,Fee,Submitted Quantity,Amount,Limit Price,Stop Price,Time in \
                       Force,Extended Hours,Is Partial Filled";
const INTERNATIONAL: &str = "Symbol & Name,Trade Date,Settlement Date,Buy/Sell,Quantity,Traded Price,Gross Amount,Comm/Fee/Tax,VAT,Net \
                             Amount";

#[test]
fn orders_count_as_far_as_they_were_filled_at_their_average_price() {
    let (report, collected) = read(&format!(
        "{ORDERS}\n\
         Apple,AAPL,Sell,Filled,100,100,@250.00,250.01,DAY,03/13/2026 09:31:00 EDT,03/13/2026 09:31:05 EDT\n\
         Apple,AAPL,Buy,Partial Filled,50,100,@187.50,187.49,DAY,\"2026/07/20 08:03:00,GMT-04\",\"2026/07/20 08:03:06,GMT-04\"\n\
         Apple,AAPL,Buy,Cancelled,0,100,@180.00,,DAY,03/13/2026 09:31:00 EDT,\n\
         Apple,AAPL,Hold,Filled,1,1,1,1,DAY,03/13/2026 09:31:00 EDT,03/13/2026 09:31:05 EDT\n"
    ));
    let lines: Vec<String> = collected.fills.iter().map(line).collect();

    assert_eq!(
        lines,
        [
            "2: AAPL sell 100 @ 250.01 x1 commission 0 fees 0 USD at 1773408665",
            "3: AAPL buy 50 @ 187.49 x1 commission 0 fees 0 USD at 1784548986",
        ]
    );
    assert_eq!(
        (report.rows.total, report.rows.read, report.rows.skipped, report.rows.rejected),
        (4, 2, 1, 1)
    );
    assert!(collected.codes().contains(&(5, "bad-side")) && collected.codes().contains(&(0, "no-fees")));
}

#[test]
fn an_order_that_is_filled_further_keeps_its_id() {
    let file = |filled: &str| {
        let placed = "03/13/2026 09:31:00 EDT";
        format!(
            "{ORDERS}\nApple,AAPL,Buy,Partial Filled,{filled},100,@1,187.49,DAY,{placed},03/13/2026 09:3{filled}:00 EDT\n"
        )
    };
    let (_, before) = read(&file("2"));
    let (_, after) = read(&file("5"));

    assert_eq!(before.fills[0].execution_id, after.fills[0].execution_id);
}

#[test]
fn options_have_fees_effects_and_the_multiplier_of_their_value() {
    let times = "01/05/2026 09:31:00 EST,01/05/2026 09:31:05 EST";
    let (report, collected) = read(&format!(
        "{OPTIONS}\n\
         2,SPY251114C00672000,OPRA,{times},Buy,Open,Limit,Call,Single,$1.25,2,$250.00,$0.50,$0.06,2,$250.00,$1.25,$0.00,DAY,N,No\n\
         2,XYZ1251114C00012000,OPRA,{times},Sell,Close,Limit,Call,Single,$1.50,2,$30.00,$0.00,$0.00,2,$30.00,$1.50,$0.00,DAY,N,No\n\
         2,SPY251114C00672000,OPRA,{times},Buy,Open,Limit,Call,Single,,0,,,,2,$250.00,$1.25,$0.00,DAY,N,No\n"
    ));
    let lines: Vec<String> = collected.fills.iter().map(line).collect();

    assert_eq!(
        lines,
        [
            "2: SPY251114C00672000 buy 2 @ 1.25 x100 commission 0.5 fees 0.06 USD at 1767623465",
            "3: XYZ1251114C00012000 sell 2 @ 1.5 x10 commission 0 fees 0 USD at 1767623465",
        ]
    );
    assert_eq!(collected.fills[0].effect, Some(Effect::Opens));
    assert_eq!((report.rows.total, report.rows.read, report.rows.skipped), (3, 2, 1));
}

#[test]
fn international_trades_put_the_day_first() {
    let (report, collected) = read(&format!(
        "{INTERNATIONAL}\n\
         AAPL APPLE INC,05/02/2026,06/02/2026,Buy,10,243.36,2433.60,1.00,0.07,2434.67\n\
         AAPL APPLE INC,13/02/2026,16/02/2026,Sell,10,250.00,\"2,500.00\",1.00,0.07,\"2,400.00\"\n"
    ));
    let lines: Vec<String> = collected.fills.iter().map(line).collect();

    assert_eq!(
        lines,
        [
            "2: AAPL buy 10 @ 243.36 x1 commission 1 fees 0.07 USD at 1770267600",
            "3: AAPL sell 10 @ 250 x1 commission 1 fees 0.07 USD at 1770958800",
        ]
    );
    assert!(collected.codes().contains(&(3, "amount-mismatch")));
    assert_eq!(report.rows.read, 2);
}
