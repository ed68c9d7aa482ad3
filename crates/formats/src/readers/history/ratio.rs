//! The ratio of a split, out of its description.

use crate::numbers::{self, Point};
use ledger::{Decimal, Fraction};

/// New units for one old unit: `4:1`, `4-for-1`, `4 FOR 1`, `1 for 10`.
pub(super) fn ratio(text: &str) -> Option<Fraction> {
    let text = text.to_ascii_lowercase().replace("-for-", " for ").replace(':', " for ");
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = |word: &&str| {
        let number = numbers::decimal("description", word.trim_matches(['(', ')', ',']), Point::Dot).ok();
        number.filter(Decimal::is_positive)
    };
    let at = words
        .windows(3)
        .find(|three| three.get(1) == Some(&"for") && three.iter().step_by(2).all(|w| number(w).is_some()))?;
    Fraction::new(number(&at.first()?)?, number(&at.get(2)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_new_units_for_old_ones() {
        for (text, expected) in [
            ("SPLIT 4 FOR 1", "4"),
            ("1-for-10 reverse split", "0.1"),
            ("3:2 split", "1.5"),
            ("shares (20:1)", "20"),
        ] {
            assert_eq!(ratio(text).map(|ratio| ratio.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "STOCK SPLIT", "for 1", "0 for 1", "IN EXCHANGE FOR CASH"] {
            assert_eq!(ratio(text), None, "{text}");
        }
    }
}
