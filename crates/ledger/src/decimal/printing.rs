//! Writing a number in the one form that each value has.

use std::fmt;

use super::Decimal;

impl fmt::Display for Decimal {
    /// Digits without an exponent, without zeros at the end of the fraction, without a sign on zero.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let canonical = self.trimmed();
        let scale = usize::try_from(canonical.scale).map_err(|_| fmt::Error)?;
        if let Ok(short) = u64::try_from(canonical.mantissa.unsigned_abs())
            && scale < SHORT - 20
        {
            return write_short(short, scale, !self.is_negative(), formatter);
        }
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

/// Characters that are written without a text of their own: 20 digits of an integer and a point, or zeros in front of them.
const SHORT: usize = 40;

fn write_short(
    mut mantissa: u64,
    scale: usize,
    positive: bool,
    formatter: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let mut text = [b'0'; SHORT];
    let (mut written, mut places) = (0, 0);
    for byte in text.iter_mut().rev() {
        if mantissa == 0 && places > scale {
            break;
        }
        if places == scale && scale > 0 && written == scale {
            *byte = b'.';
        } else {
            *byte = b'0' + u8::try_from(mantissa % 10).map_err(|_| fmt::Error)?;
            mantissa /= 10;
            places += 1;
        }
        written += 1;
    }
    let digits = text.get(SHORT - written..).and_then(|digits| std::str::from_utf8(digits).ok());
    formatter.pad_integral(positive, "", digits.ok_or(fmt::Error)?)
}

impl fmt::Debug for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Decimal({self})")
    }
}
