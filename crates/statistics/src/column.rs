//! [`Column`]: amounts on one common scale, so that loops over them add plain integers.

use std::fmt::{self, Write};

use ledger::Decimal;

/// Room for the number of values and for the weights of a quantile, so that no sum below needs a check.
const HEADROOM: i128 = 64;

/// Exact amounts, as integers of one scale where 128 bits hold their sums.
pub(crate) enum Column {
    /// Each amount is its integer divided by ten to the scale.
    Narrow {
        /// The amounts times ten to the scale.
        mantissas: Vec<i128>,
        /// The digits behind the point.
        scale: u32,
    },
    /// Amounts of so many digits that their sums do not fit into 128 bits.
    Wide,
}

impl Column {
    pub(crate) fn new(values: &[Decimal]) -> Self {
        narrow(values).unwrap_or(Self::Wide)
    }
}

fn narrow(values: &[Decimal]) -> Option<Column> {
    let read: Vec<(i128, u32)> = values.iter().map(|value| parts(*value)).collect::<Option<_>>()?;
    let scale = read.iter().map(|(_, scale)| *scale).max().unwrap_or(0);
    let room = i128::MAX / HEADROOM / i128::try_from(values.len().max(1)).ok()?;
    let align = |(mantissa, places): &(i128, u32)| {
        let power = 10_i128.checked_pow(scale - places)?;
        mantissa.checked_mul(power).filter(|aligned| aligned.checked_abs().is_some_and(|size| size <= room))
    };
    let mantissas = read.iter().map(align).collect::<Option<_>>()?;
    Some(Column::Narrow { mantissas, scale })
}

/// The nearest number to `mantissa / 10^scale`; exact inputs below 2^53 and 10^22 make it correctly rounded.
#[expect(clippy::cast_precision_loss, reason = "statistics, not money")]
pub(crate) fn scaled(mantissa: i128, scale: u32) -> f64 {
    mantissa as f64 / 10_f64.powi(i32::try_from(scale).unwrap_or(i32::MAX))
}

/// The integer and the number of places of a decimal; `None` beyond 128 bits.
fn parts(value: Decimal) -> Option<(i128, u32)> {
    let mut digits = Digits::default();
    write!(digits, "{value}").ok()?;
    let mantissa = if digits.negative { -digits.mantissa } else { digits.mantissa };
    Some((mantissa, digits.places))
}

/// Takes in the canonical text of a decimal; refuses when the digits outgrow 128 bits.
#[derive(Default)]
struct Digits {
    mantissa: i128,
    negative: bool,
    behind_point: bool,
    places: u32,
}

impl Write for Digits {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            match byte {
                b'-' => self.negative = true,
                b'.' => self.behind_point = true,
                _ => {
                    let digit = i128::from(byte.wrapping_sub(b'0'));
                    let longer = self.mantissa.checked_mul(10).and_then(|shifted| shifted.checked_add(digit));
                    self.mantissa = longer.ok_or(fmt::Error)?;
                    self.places += u32::from(self.behind_point);
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use ledger::Decimal;

    use super::{Column, parts};

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_decimal_is_taken_apart() {
        assert_eq!(parts(decimal("-12.50")), Some((-125, 1)));
        assert_eq!(parts(decimal("0.003")), Some((3, 3)));
        assert_eq!(parts(decimal("0")), Some((0, 0)));
        assert_eq!(parts(decimal(&"9".repeat(40))), None);
    }

    #[test]
    fn values_meet_on_the_finest_scale() {
        let Column::Narrow { mantissas, scale } =
            Column::new(&[decimal("1.5"), decimal("-2"), decimal("0.25")])
        else {
            panic!("a few digits fit");
        };

        assert_eq!((mantissas, scale), (vec![150, -200, 25], 2));
    }

    #[test]
    fn what_does_not_fit_has_no_integers() {
        let column = Column::new(&[decimal(&"9".repeat(38)), decimal("0.1")]);

        assert!(matches!(column, Column::Wide));
    }
}
