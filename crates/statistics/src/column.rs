//! [`Column`]: amounts on one common scale, so that loops over them add plain integers.

use std::fmt::{self, Write};

use ledger::Decimal;

use crate::error::StatisticsError;
use crate::ratio::whole;

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
    Wide(Vec<Decimal>),
}

impl Column {
    pub(crate) fn new(values: &[Decimal]) -> Self {
        narrow(values).unwrap_or_else(|| Self::Wide(values.to_vec()))
    }

    /// The values as floating point, within one unit of the last place while mantissas stay below 2^53.
    pub(crate) fn to_f64s(&self) -> Vec<f64> {
        match self {
            Self::Narrow { mantissas, scale } => {
                mantissas.iter().map(|&mantissa| scaled(mantissa, *scale)).collect()
            }
            Self::Wide(values) => values.iter().map(|value| value.to_f64()).collect(),
        }
    }

    /// `n x value - sum` of each value: its distance from the mean times `n`, rounded once and zero only if it is.
    pub(crate) fn distances(&self) -> Result<Vec<f64>, StatisticsError> {
        match self {
            Self::Narrow { mantissas, scale } => {
                let count = i128::try_from(mantissas.len()).map_err(|_| StatisticsError::Overflow)?;
                let sum: i128 = mantissas.iter().sum();
                Ok(mantissas.iter().map(|&mantissa| scaled(count * mantissa - sum, *scale)).collect())
            }
            Self::Wide(values) => distances_wide(values).ok_or(StatisticsError::Overflow),
        }
    }
}

fn distances_wide(values: &[Decimal]) -> Option<Vec<f64>> {
    let count = whole(u64::try_from(values.len()).ok()?);
    let sum = Decimal::checked_sum(values.iter().copied())?;
    values.iter().map(|value| Some(value.checked_mul(count)?.checked_sub(sum)?.to_f64())).collect()
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

/// The floating point number next to a decimal, without the text that [`Decimal::to_f64`] goes through.
pub(crate) fn approximate(value: Decimal) -> f64 {
    parts(value).map_or_else(|| value.to_f64(), |(mantissa, scale)| scaled(mantissa, scale))
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
    fn what_does_not_fit_stays_exact() {
        let column = Column::new(&[decimal(&"9".repeat(38)), decimal("0.1")]);

        assert!(matches!(column, Column::Wide(_)));
        assert_eq!(column.to_f64s(), [1e38, 0.1]);
    }

    #[test]
    fn equal_values_are_at_no_distance() {
        for text in ["0.1", "123456789012345678901234567890123456.7"] {
            assert_eq!(Column::new(&[decimal(text); 3]).distances(), Ok(vec![0.0; 3]));
        }
    }
}
