//! Whether a Sharpe ratio is more than luck, alone and as the best of many.

use crate::dispersion::{self, sum};
use crate::luck::normal::{normal_cdf, normal_quantile};
use crate::luck::student::spread;
use crate::undefined::{Metric, Undefined};
use crate::wilson::approximate;

/// The constant of Euler and Mascheroni.
const EULER: f64 = 0.577_215_664_901_532_9;

/// The Sharpe ratio of a sample, with the shape of its distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SharpeSample {
    /// mean / standard deviation (n - 1) of the observations, per observation: not annualised.
    pub sharpe: f64,
    /// How many observations it rests on.
    pub n: u64,
    /// m3 / m2^1.5 with the population moments m: 0 for a symmetric distribution.
    pub skewness: f64,
    /// m4 / m2^2, raw: 3 for a normal distribution.
    pub kurtosis: f64,
}

impl SharpeSample {
    /// Of daily returns, or of the P&L of trades. [`Undefined::TooFewTrades`] below two,
    /// [`Undefined::ZeroVariance`] when all are the same.
    pub fn of(observations: &[f64]) -> Metric<Self> {
        let deviation = spread(observations)?;
        let n = u64::try_from(observations.len()).unwrap_or(u64::MAX);
        let mean = dispersion::mean(observations);
        let moment =
            |power| sum(observations.iter().map(|value| (value - mean).powi(power))) / approximate(n);
        let variance = moment(2);
        Ok(Self {
            sharpe: mean / deviation,
            n,
            skewness: moment(3) / (variance * variance.sqrt()),
            kurtosis: moment(4) / (variance * variance),
        })
    }

    /// The probabilistic Sharpe ratio against a benchmark per observation: see [`psr`].
    pub fn psr(&self, benchmark: f64) -> Metric<f64> {
        psr(self.sharpe, self.n, self.skewness, self.kurtosis, benchmark)
    }

    /// The deflated Sharpe ratio (probability): the [`psr`] against [`dsr_benchmark`] of all the setups that were
    /// looked at, this one among them. `looked_at` holds their Sharpe ratios per observation; correlated setups
    /// count as fewer, so that it errs on the side of luck.
    ///
    /// Source: Bailey and Lopez de Prado, "The deflated Sharpe ratio", Journal of Portfolio Management 40 (2014).
    pub fn dsr(&self, looked_at: &[f64]) -> Metric<f64> {
        let deviation = if looked_at.len() < 2 { 0.0 } else { dispersion::of_numbers(looked_at)? };
        let trials = u64::try_from(looked_at.len()).unwrap_or(u64::MAX);
        self.psr(dsr_benchmark(deviation * deviation, trials))
    }
}

/// The probabilistic Sharpe ratio (probability): how likely the true Sharpe ratio is above the benchmark,
/// `Phi((SR - SR0) sqrt(n - 1) / sqrt(1 - g3 SR + (g4 - 1) / 4 SR^2))`.
///
/// `SR` and `SR0` are per observation, `g4` is the raw kurtosis, 3 for a normal distribution: with the excess
/// instead, as some pages have it, the result is wrong. [`Undefined::TooFewTrades`] below two observations,
/// [`Undefined::ZeroVariance`] for a skewness and kurtosis that no distribution has.
///
/// Source: Bailey and Lopez de Prado, "The Sharpe ratio efficient frontier", Journal of Risk 15 (2012).
pub fn psr(sharpe: f64, n: u64, skewness: f64, kurtosis: f64, benchmark: f64) -> Metric<f64> {
    if n < 2 {
        return Err(Undefined::TooFewTrades { needed: 2 });
    }
    let spread = 1.0 - skewness * sharpe + (kurtosis - 1.0) / 4.0 * sharpe * sharpe;
    if spread <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    Ok(normal_cdf((sharpe - benchmark) * approximate(n - 1).sqrt() / spread.sqrt()))
}

/// The Sharpe ratio that the best of `trials` setups without any skill is expected to show (ratio per observation):
/// `sqrt(variance) ((1 - c) Phi^-1(1 - 1 / N) + c Phi^-1(1 - 1 / (N e)))`, c = 0.5772 (Euler and Mascheroni).
///
/// `variance` is that of the Sharpe ratios of the setups looked at. One setup, or none, was not chosen among many: 0.
///
/// Source: Bailey and Lopez de Prado, "The deflated Sharpe ratio", Journal of Portfolio Management 40 (2014).
pub fn dsr_benchmark(variance: f64, trials: u64) -> f64 {
    if trials < 2 {
        return 0.0;
    }
    let count = approximate(trials);
    let highest = normal_quantile(1.0 - 1.0 / count);
    let beyond = normal_quantile(1.0 - 1.0 / (count * std::f64::consts::E));
    variance.sqrt() * ((1.0 - EULER) * highest + EULER * beyond)
}
