//! Powers and logarithms of [`Twofold`] numbers.

use super::{Twofold, ordered_sum};

/// ln 2.
const LN_2: Twofold = Twofold { high: std::f64::consts::LN_2, low: 2.319_046_813_846_299_6e-17 };
/// The argument is halved this often before the series, and the result squared as often after it.
const HALVINGS: i32 = 9;
/// Terms of the series: the next one is below 1e-35 of the first.
const TERMS: i128 = 10;

/// Beyond it e^x, or e^-x, is out of range.
const LARGEST: f64 = 746.0;

impl Twofold {
    /// e^x - 1, which keeps its digits near x = 0.
    pub(crate) fn exp_m1(self) -> Self {
        let twos = (self.high / std::f64::consts::LN_2).round();
        if twos == 0.0 {
            return small_exp_m1(self);
        }
        self.exp() - Self::ONE
    }

    /// e^x; infinite where it is too large.
    pub(crate) fn exp(self) -> Self {
        if self.high.abs() > LARGEST {
            return Self::new(if self.is_negative() { 0.0 } else { f64::INFINITY });
        }
        let twos = (self.high / std::f64::consts::LN_2).round();
        let rest = small_exp_m1(self - LN_2 * Self::new(twos)) + Self::ONE;
        // In two steps, as the power alone may be out of range.
        let half = (twos / 2.0).trunc();
        let scale = |number: Self, power: f64| {
            let factor = power.exp2();
            Self { high: number.high * factor, low: number.low * factor }
        };
        scale(scale(rest, half), twos - half)
    }

    /// The natural logarithm of a number above 0.
    pub(crate) fn ln(self) -> Self {
        let near = Self::new(self.high.ln());
        // Newton: the error of the first sixteen digits is corrected by the next sixteen.
        near + (self * (-near).exp() - Self::ONE)
    }
}

/// e^x - 1 for |x| below 0.35.
fn small_exp_m1(number: Twofold) -> Twofold {
    let factor = f64::from(-HALVINGS).exp2();
    let small = Twofold { high: number.high * factor, low: number.low * factor };
    let one = Twofold::ONE;
    let series = (2..=TERMS).rev().fold(one, |rest, term| one + small * rest / Twofold::from(term));
    let doubled = |value: Twofold| value + value + value.square();
    let result = (0..HALVINGS).fold(small * series, |value, _| doubled(value));
    ordered_sum(result.high, result.low)
}

#[cfg(test)]
mod tests {
    use ledger::Fraction;

    use super::Twofold;

    fn near(number: Twofold, expected: &str) {
        let expected = Twofold::from(&expected.parse::<Fraction>().unwrap());
        let error = ((number - expected) / expected).abs().to_f64();
        assert!(error < 1e-29, "{number:?}: {error:e}");
    }

    // Expected values: 50-digit decimal arithmetic.

    #[test]
    fn powers_of_e_have_thirty_digits() {
        near(Twofold::ONE.exp(), "2.71828182845904523536028747135266249775724709369995");
        near((-Twofold::new(10.5)).exp(), "0.0000275364493497471578574110971024255111015898617392307");
        near(Twofold::new(0.001).exp_m1(), "0.00100050016670834168889326279830288872940455419575");
        near(Twofold::new(-0.5).exp_m1(), "-0.393469340287366576396200465008819546558081864512813");
    }

    #[test]
    fn powers_far_from_one_have_thirty_digits() {
        near(
            Twofold::new(400.0).exp(),
            &format!("52214696897641439505887630066496490295233620984477{}", "0".repeat(124)),
        );
        near(
            Twofold::new(-400.0).exp(),
            &format!("0.{}191516959671400569501983977865426435074209277", "0".repeat(173)),
        );
    }

    #[test]
    fn logarithms_have_thirty_digits() {
        near(Twofold::new(2.0).ln(), "0.69314718055994530941723212145817656807550013436026");
        near(Twofold::new(1e-5).ln(), "-11.5129254649702283382869033593905148380130084484631");
        near(Twofold::from(1_000_003_i128).ln(), "13.8155135579597741131079284781547851241069213595239");
    }

    #[test]
    fn a_power_out_of_range_is_infinite_or_nothing() {
        assert!(Twofold::new(1e4).exp().to_f64().is_infinite());
        assert_eq!(Twofold::new(-1e4).exp().to_f64().to_bits(), 0.0_f64.to_bits());
    }
}
