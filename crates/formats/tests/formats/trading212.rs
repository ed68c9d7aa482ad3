//! Trading 212: history.

use crate::{line, read, real_file, told};
use formats::ParsedEvent;

const HEADER: &str = "Action,Time,ISIN,Ticker,Name,ID,No. of shares,Price / share,Currency (Price / share),Result,Currency (Result),\
                      Total,Currency (Total),Stamp duty reserve tax,Currency (Stamp duty reserve tax),Currency conversion from \
                      amount,Currency (Currency conversion from amount),Currency conversion to amount,Currency (Currency conversion to \
                      amount),Currency conversion fee,Currency (Currency conversion fee)";

#[test]
fn charges_stay_in_their_currency_and_pence_become_pounds() {
    let (report, collected) = read(&format!(
        "{HEADER}\n\
         Market buy,2026-01-05 14:30:00.123,US1,AAPL,Apple,E1,2.5,243.36,USD,,,487.45,GBP,,,,,,,0.73,GBP\n\
         Limit buy,2026-01-06 09:00:00,GB1,BARC,Barclays,E2,10,250.55,GBX,,,25.19,GBP,0.13,GBP,,,,,,\n\
         Limit sell,2026-01-12 15:00:00,US1,AAPL,Apple,E3,2.5,250.00,USD,11.78,GBP,499.25,GBP,,,,,,,0.75,GBP\n\
         Market sell,2026-01-12 15:00:00,US1,AAPL,Apple,E4,0,250.00,USD,,,1,GBP,,,,,,,,\n"
    ));
    let lines: Vec<String> = collected.fills.iter().map(line).collect();

    assert_eq!(
        lines,
        [
            "2: AAPL buy 2.5 @ 243.36 x1 commission 0 fees 0 USD at 1767623400",
            "3: BARC buy 10 @ 2.5055 x1 commission 0 fees 0.13 GBP at 1767690000",
            "4: AAPL sell 2.5 @ 250 x1 commission 0 fees 0 USD at 1768230000",
        ]
    );
    let charge = &collected.fills[0].foreign_charges[0];
    assert_eq!((charge.amount.to_string().as_str(), charge.currency.as_str()), ("0.73", "GBP"));
    assert_eq!(report.stated.net_pnl["GBP"].to_string(), "11.78");
    assert_eq!((report.rows.read, report.rows.rejected), (3, 1));
}

#[test]
fn everything_else_is_cash_or_skipped_with_its_reason() {
    let (report, collected) = read(&format!(
        "{HEADER}\n\
         Withdrawal,2026-01-02 10:00:00,,,,E1,,,,,,-100.00,GBP,,,,,,,,\n\
         Dividend (Ordinary),2026-01-20 12:00:00,US1,AAPL,Apple,,2.5,0.22,USD,,,0.44,GBP,,,,,,,,\n\
         Interest on cash,2026-01-21 12:00:00,,,,E2,,,,,,0.10,GBP,,,,,,,,\n\
         Currency conversion,2026-01-21 12:00:00,,,,E3,,,,,,,,,,100,GBP,125,USD,,\n\
         Stock split open,2026-01-22 12:00:00,US1,AAPL,Apple,E4,10,25,USD,,,250,GBP,,,,,,,,\n"
    ));
    let told: Vec<String> = collected.events.iter().map(told).collect();

    assert_eq!(
        told,
        ["withdrawal -100 GBP", "dividend 0.44 GBP", "interest 0.1 GBP", "other -100 GBP", "other 125 USD"]
    );
    assert_eq!((report.rows.total, report.rows.read, report.rows.skipped), (5, 4, 1));
}

/// Figures of an independent script over the rows: stated results of 121.37 GBP, conversion fees of 6.19 GBP, one French tax of 3 EUR
/// and one fee of 0.05 USD in the currencies of their prices.
#[test]
fn a_real_file_is_read_whole() {
    let Some(text) = real_file("trading212-transactions.csv") else { return };

    let (report, collected) = read(&text);

    assert_eq!(
        (report.rows.total, report.rows.read, report.rows.skipped, report.rows.rejected),
        (5, 5, 0, 0)
    );
    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "3: ACME buy 10 @ 150 x1 commission 0 fees 0 USD at 1714660205",
            "4: ACME sell 10 @ 160 x1 commission 0 fees 0.05 USD at 1719503110",
            "5: REN buy 20 @ 50 x1 commission 0 fees 3 EUR at 1722503100",
            "6: REN sell 20 @ 55 x1 commission 0 fees 0 EUR at 1725276030",
        ]
    );
    assert_eq!(report.stated.net_pnl["GBP"].to_string(), "121.37");
    let foreign = collected.fills.iter().flat_map(|fill| &fill.foreign_charges);
    let sum = foreign.fold(ledger::Decimal::ZERO, |sum, charge| sum.checked_add(charge.amount).unwrap());
    assert_eq!(sum.to_string(), "6.19");
    assert!(
        matches!(&collected.events[0], ParsedEvent::Cash(cash) if cash.amount.to_string() == "10000" && cash.currency == "GBP")
    );
}
