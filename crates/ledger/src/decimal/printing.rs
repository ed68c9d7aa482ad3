//! Writing a number in the one form that each value has.

use std::fmt;

use super::Decimal;

impl fmt::Display for Decimal {
    /// Digits without an exponent, without zeros at the end of the fraction, without a sign on zero.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let canonical = self.trimmed();
        let scale = usize::try_from(canonical.scale).map_err(|_| fmt::Error)?;
        let mut digits = canonical.mantissa.unsigned_abs().to_string();
        if digits.len() <= scale {
            digits.insert_str(0, &"0".repeat(scale + 1 - digits.len()));
        }
        if scale > 0 {
            digits.insert(digits.len() - scale, '.');
        }
        formatter.pad_integral(!self.is_negative(), "", &digits)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Decimal({self})")
    }
}
