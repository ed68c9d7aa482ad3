//! Any document is settled or refused; what is settled accounts for itself under every method.
#![no_main]

use ledger::{Fraction, Method};
use libfuzzer_sys::fuzz_target;
use scenario::Scenario;

fuzz_target!(|bytes: &[u8]| {
    let Ok(document) = serde_json::from_slice(bytes) else { return };
    let Ok(scenario) = Scenario::read(&document) else { return };
    for method in [Method::Fifo, Method::Lifo, Method::Average] {
        let Ok(statement) = scenario.settle(method) else { continue };
        for book in statement.books.values() {
            for (index, trip) in book.matched.round_trips.iter().enumerate() {
                let legs = book.matched.legs.iter().filter(|leg| leg.round_trip == index);
                assert_eq!(legs.map(|leg| &leg.gross).sum::<Fraction>(), trip.gross);
            }
        }
        let _ = scenario.rows(&statement, "all").map(|rows| rows.to_string());
    }
});
