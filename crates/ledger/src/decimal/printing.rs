//! Writing a number in the one form that each value has.

use std::fmt;

use super::Decimal;
use crate::wide;

impl fmt::Display for Decimal {
    /// Digits without an exponent, without zeros at the end of the fraction, without a sign on zero.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let positive = !self.is_negative();
        if let Some(short) = short(self) {
            return formatter.pad_integral(positive, "", short.text());
        }
        let canonical = self.trimmed();
        let scale = usize::try_from(canonical.scale).map_err(|_| fmt::Error)?;
        let mut digits = canonical.mantissa.unsigned_abs().to_string();
        if digits.len() <= scale {
            digits.insert_str(0, &"0".repeat(scale + 1 - digits.len()));
        }
        if scale > 0 {
            digits.insert(digits.len() - scale, '.');
        }
        formatter.pad_integral(positive, "", &digits)
    }
}

impl Decimal {
    /// Appends what [`Display`](fmt::Display) writes, without the detour of a formatter: what is written a million times is written
    /// with this.
    pub fn write_to(&self, text: &mut String) {
        match short(self) {
            Some(short) => {
                if self.is_negative() {
                    text.push('-');
                }
                text.push_str(short.text());
            }
            None => text.push_str(&self.to_string()),
        }
    }
}

/// Characters that are written without a text of their own: 20 digits of an integer and a point, or zeros in front of them.
const SHORT: usize = 40;

/// A number without its sign, at the end of a buffer.
struct Short {
    buffer: [u8; SHORT],
    start: usize,
}

impl Short {
    fn text(&self) -> &str {
        let digits = self.buffer.get(self.start..).unwrap_or_default();
        std::str::from_utf8(digits).unwrap_or_default()
    }
}

/// The number, when its digits are an integer of 64 bits and few of them stand behind the point.
fn short(number: &Decimal) -> Option<Short> {
    let narrow = wide::narrow(number.mantissa)?;
    let mut mantissa = u64::try_from(narrow.unsigned_abs()).ok()?;
    let mut scale = usize::try_from(number.scale).ok()?;
    while scale > 0 && mantissa.is_multiple_of(10) {
        mantissa /= 10;
        scale -= 1;
    }
    if scale >= SHORT - 20 {
        return None;
    }
    let mut buffer = [b'0'; SHORT];
    let (mut start, mut places) = (SHORT, 0);
    for byte in buffer.iter_mut().rev() {
        if mantissa == 0 && places > scale {
            break;
        }
        if places == scale && scale > 0 && SHORT - start == scale {
            *byte = b'.';
        } else {
            *byte = b'0' + u8::try_from(mantissa % 10).ok()?;
            mantissa /= 10;
            places += 1;
        }
        start -= 1;
    }
    Some(Short { buffer, start })
}

impl fmt::Debug for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Decimal({self})")
    }
}
