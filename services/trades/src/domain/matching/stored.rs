//! Fractions as they are stored and told.

use ledger::{Decimal, Fraction};

/// Decimals of amounts that have no finite expansion, such as what a part of an average cost realised.
const STORED_DECIMALS: u32 = 18;

/// The number as it is stored and told: exact where it has a finite expansion, else rounded half-even to 18 decimals.
pub fn stored(number: &Fraction) -> Option<Decimal> {
    number.to_decimal().or_else(|| number.checked_round_half_even(STORED_DECIMALS))
}
