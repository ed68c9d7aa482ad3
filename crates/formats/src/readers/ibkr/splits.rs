//! Splits as Interactive Brokers describes them: `AAPL(US0378331005) SPLIT 4 FOR 1 (AAPL, APPLE INC, US0378331005)`.

use ledger::{Decimal, Fraction};

/// New units for one old unit; `None` for what is no split.
pub(super) fn ratio(description: &str) -> Option<Fraction> {
    let upper = description.to_ascii_uppercase();
    let (_, rest) = upper.split_once(" SPLIT ")?;
    let mut words = rest.split_whitespace();
    let (new, between, old) = (words.next()?, words.next()?, words.next()?);
    let number = |text: &str| Decimal::from_str_exact(text).ok().filter(Decimal::is_positive);
    if between != "FOR" {
        return None;
    }
    Fraction::new(number(new)?, number(old)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ratio_is_new_for_old() {
        for (text, expected) in [
            ("AAPL(US0378331005) SPLIT 4 FOR 1 (AAPL, APPLE INC, US0378331005)", Some("4")),
            ("XYZ(US0000000001) SPLIT 1 FOR 20 (XYZ, XYZ CORP, US0000000002)", Some("0.05")),
            ("XYZ(US0000000001) Split 3 for 2 (XYZ)", Some("1.5")),
            ("XYZ(US0000000001) SPLIT 0 FOR 1 (XYZ)", None),
            ("XYZ(US0000000001) SPINOFF  1 FOR 5 (ABC)", None),
            ("", None),
        ] {
            assert_eq!(ratio(text).map(|ratio| ratio.to_string()).as_deref(), expected, "{text}");
        }
    }
}
