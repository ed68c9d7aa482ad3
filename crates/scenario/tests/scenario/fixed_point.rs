//! The fixed-point engine gives the reference's rows for generated streams, in whatever width their numbers need.

use std::collections::BTreeMap;

use ledger::fixed::{Detail, FixedBook};
use ledger::{BookKey, Decimal, FeeRounding, Fill, Method, Side, Terms, Timestamp, Valuation};
use scenario::Scenario;
use serde_json::{Value, json};

use crate::oracle;

/// The fills of a document without noise, by book. They are in order already, and milliseconds are fine enough to
/// keep it; the rows print their times from these.
fn books(document: &Value) -> BTreeMap<BookKey, Vec<Fill>> {
    let mut books: BTreeMap<BookKey, Vec<Fill>> = BTreeMap::new();
    for event in document["fills"].as_array().unwrap() {
        let text = |field: &str| event[field].as_str().unwrap().to_owned();
        let number = |field: &str| text(field).parse().unwrap();
        let key = BookKey { account: text("account"), symbol: text("symbol") };
        books.entry(key).or_default().push(Fill {
            execution_id: text("id"),
            time: instant(&text("ts")),
            sequence: event["seq"].as_i64().unwrap(),
            side: if event["side"] == "buy" { Side::Buy } else { Side::Sell },
            quantity: number("qty"),
            price: number("price"),
            commission: number("fee"),
            fees: Decimal::ZERO,
        });
    }
    books
}

/// Reads `2020-01-02T15:04:05.678Z`: the generator stays in 2020 and the years after it.
fn instant(text: &str) -> Timestamp {
    let number = |range: std::ops::Range<usize>| text[range].parse::<i64>().unwrap();
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    // Days since 1970-01-01 in the Gregorian calendar, with the year beginning in March.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - 719_468;
    let seconds = ((days * 24 + number(11..13)) * 60 + number(14..16)) * 60 + number(17..19);
    Timestamp((seconds * 1_000 + number(20..23)) * 1_000_000)
}

/// Compares streams of `fills` with the reference, and answers how many books were narrow and how many wide.
fn streams_agree(test: &str, seeds: std::ops::Range<u64>, rounding: FeeRounding, places: Option<u32>) {
    let Some(programs) = oracle::programs() else { return };
    for seed in seeds {
        let (name, seed) = (format!("fixed-{test}-{seed}"), seed.to_string());
        let arguments = ["--accounts", "2", "--symbols", "5", "--fills", "800", "--seed", &seed];
        let mut document = oracle::generate(&programs, &name, &arguments);
        document["config"]["fee_dp"] = json!(places);
        let scenario = Scenario::read(&document).unwrap();
        let books = books(&document);
        for (method, method_name) in [(Method::Fifo, "fifo"), (Method::Lifo, "lifo")] {
            let mut statement = scenario.settle(method).unwrap();
            let mut wide = 0;
            for (key, book) in &mut statement.books {
                let multiplier = document["instruments"][&key.symbol]["multiplier"].as_str().unwrap();
                let multiplier = multiplier.parse().unwrap();
                let terms =
                    Terms { multiplier, valuation: Valuation::Linear, method, fee_rounding: rounding };
                let mut fixed = FixedBook::of(terms, Detail::Legs, &books[key]).unwrap();
                fixed.run().unwrap();
                wide += usize::from(fixed.wide_rows().is_some());
                book.matched = fixed.matched().unwrap();
            }
            let rows = scenario.rows(&statement, "all").unwrap().to_string();
            let rows: Value = serde_json::from_str(&rows).unwrap();

            let reference = oracle::evaluate(&programs, &name, &document, method_name);

            assert!(wide > 0 && wide < books.len(), "a stream that does not show both widths");
            for what in ["trips", "legs", "open"] {
                assert!(rows[what] == reference[what], "{name} {method_name}: {what} differ");
            }
        }
    }
}

#[test]
fn streams_agree_with_exact_fee_parts() {
    streams_agree("exact", 1..3, FeeRounding::Exact, None);
}

#[test]
fn streams_agree_with_fee_parts_in_cents() {
    streams_agree("cents", 3..5, FeeRounding::Places(2), Some(2));
}

#[test]
fn streams_agree_with_fee_parts_of_eight_decimals() {
    streams_agree("eight", 5..7, FeeRounding::AtLeast(8), Some(8));
}
