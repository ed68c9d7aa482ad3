//! Reading a plain decimal without losing a digit.

use std::str::FromStr;

use ethnum::I256;

use super::Decimal;

/// Why a text is not a [`Decimal`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseDecimalError {
    /// There is no text.
    #[error("an empty text is not a number")]
    Empty,
    /// Something else than digits, one leading sign and one point: an exponent, a space, a group separator, NaN.
    #[error("unexpected {found:?} at byte {at} of a number")]
    UnexpectedCharacter {
        /// The first character that does not belong.
        found: char,
        /// Its position in bytes, from 0.
        at: usize,
    },
    /// No digit where one has to be: `-`, `.`, or nothing behind the point.
    #[error("a digit is missing")]
    MissingDigit,
    /// More digits than the exact range holds. The number would have to be rounded, so it is refused.
    #[error("more than 76 digits")]
    TooManyDigits,
}

impl Decimal {
    /// Reads an optional sign, digits, and optionally a point with digits behind it (`12`, `-0.5`, `+7.250`, `.5`).
    ///
    /// Never rounds: more than 76 digits, not counting zeros in front and zeros at the end of the fraction, are
    /// an error.
    pub fn from_str_exact(text: &str) -> Result<Self, ParseDecimalError> {
        if text.is_empty() {
            return Err(ParseDecimalError::Empty);
        }
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, fraction) = match unsigned.split_once('.') {
            Some((_, "")) => return Err(refuse(text, ParseDecimalError::MissingDigit)),
            Some((whole, fraction)) => (whole, fraction),
            None if unsigned.is_empty() => return Err(ParseDecimalError::MissingDigit),
            None => (unsigned, ""),
        };
        if !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
            return Err(refuse(text, ParseDecimalError::MissingDigit));
        }
        let magnitude = from_digits(whole, fraction.trim_end_matches('0'))?;
        Ok(if text.starts_with('-') { -magnitude } else { magnitude })
    }
}

/// The first character that no number may have, or else what the caller found wrong.
fn refuse(text: &str, otherwise: ParseDecimalError) -> ParseDecimalError {
    let mut point_seen = false;
    for (at, found) in text.char_indices() {
        let expected = match found {
            '0'..='9' => true,
            '-' | '+' => at == 0,
            '.' => !std::mem::replace(&mut point_seen, true),
            _ => false,
        };
        if !expected {
            return ParseDecimalError::UnexpectedCharacter { found, at };
        }
    }
    otherwise
}

/// The number with these digits before and behind the point; both hold nothing else.
fn from_digits(whole: &str, fraction: &str) -> Result<Decimal, ParseDecimalError> {
    let limit = usize::try_from(Decimal::MAX_DIGITS).unwrap_or(usize::MAX);
    let whole = whole.trim_start_matches('0');
    let leading = if whole.is_empty() { fraction.trim_start_matches('0').len() } else { fraction.len() };
    if whole.len() + leading > limit || fraction.len() > limit {
        return Err(ParseDecimalError::TooManyDigits);
    }
    let digits = whole.bytes().chain(fraction.bytes()).map(|byte| i64::from(byte - b'0'));
    let mantissa = if whole.len() + fraction.len() <= 18 {
        I256::from(digits.fold(0, |sum, digit| sum * 10 + digit))
    } else {
        digits.fold(I256::ZERO, |sum, digit| sum * 10 + I256::from(digit))
    };
    let scale = u32::try_from(fraction.len()).map_err(|_| ParseDecimalError::TooManyDigits)?;
    Decimal::from_parts(mantissa, scale).ok_or(ParseDecimalError::TooManyDigits)
}

impl FromStr for Decimal {
    type Err = ParseDecimalError;

    fn from_str(text: &str) -> Result<Self, ParseDecimalError> {
        Self::from_str_exact(text)
    }
}
