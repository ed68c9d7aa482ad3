//! The fixed-point engine gives what the general engine gives, in every width.

mod agreement;
mod conservation;
mod limits;
mod many;
mod strategies;

use ledger::fixed::{Detail, FixedBook};
use ledger::{Fill, Matched, Terms, match_fills};

/// What the general engine makes of the fills, as far as the detail shows it.
fn general(terms: Terms, detail: Detail, fills: &[Fill]) -> Matched {
    let matched = match_fills(terms, fills).unwrap();
    match detail {
        Detail::Legs => matched,
        Detail::Trips => Matched { legs: Vec::new(), ..matched },
    }
}

/// What the fixed-point engine makes of them.
fn fixed(terms: Terms, detail: Detail, fills: &[Fill]) -> FixedBook {
    let mut book = FixedBook::of(terms, detail, fills).unwrap();
    book.run().unwrap();
    book
}
