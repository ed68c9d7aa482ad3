//! The text of a quotient: a finite decimal where there is one, else `n/d` in lowest terms.

use std::fmt;
use std::str::FromStr;

use super::{Fraction, large};
use crate::{Decimal, ParseDecimalError};

/// Why a text is not a [`Fraction`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseFractionError {
    /// One of its numbers is none.
    #[error(transparent)]
    Number(#[from] ParseDecimalError),
    /// `n/0`.
    #[error("a number divided by zero is none")]
    ZeroDenominator,
}

impl fmt::Display for Fraction {
    /// The finite decimal when there is one, of whatever length, else `n/d` in lowest terms.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(decimal) = self.to_decimal() {
            return fmt::Display::fmt(&decimal, formatter);
        }
        let number = self.to_large();
        match large::decimal_places(number.denominator()) {
            None => write!(formatter, "{}/{}", number.numerator(), number.denominator()),
            Some(places) => {
                let sign = if self.is_negative() { "-" } else { "" };
                let digits = large::digits(&number, places).to_string();
                let places = usize::try_from(places).unwrap_or(usize::MAX);
                let padded = format!("{digits:0>width$}", width = places + 1);
                match padded.split_at_checked(padded.len() - places) {
                    Some((whole, fraction)) if places > 0 => write!(formatter, "{sign}{whole}.{fraction}"),
                    _ => write!(formatter, "{sign}{digits}"),
                }
            }
        }
    }
}

impl fmt::Debug for Fraction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Fraction({self})")
    }
}

impl FromStr for Fraction {
    type Err = ParseFractionError;

    /// Reads a decimal (`-0.5`) or two of them with a stroke between (`1/3`), of any length.
    fn from_str(text: &str) -> Result<Self, ParseFractionError> {
        let Some((above, below)) = text.split_once('/') else { return Ok(number(text)?) };
        number(above)?.checked_div(&number(below)?).ok_or(ParseFractionError::ZeroDenominator)
    }
}

/// A plain decimal of any length.
fn number(text: &str) -> Result<Fraction, ParseDecimalError> {
    match Decimal::from_str_exact(text) {
        Ok(decimal) => Ok(decimal.into()),
        Err(ParseDecimalError::TooManyDigits) => {
            large::parse(text).map(Fraction::from_large).ok_or(ParseDecimalError::TooManyDigits)
        }
        Err(error) => Err(error),
    }
}
