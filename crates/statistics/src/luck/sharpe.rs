//! Whether a Sharpe ratio is more than luck, alone and as the best of many.

use crate::catalogue::metric;
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
}

metric! {
    const PSR = {
        id: "psr",
        name: "Probabilistic Sharpe ratio",
        unit: "probability",
        formula: "Phi((SR - SR0) sqrt(n - 1) / sqrt(1 - g3 SR + (g4 - 1) / 4 SR^2))",
        edges: "How likely the true Sharpe ratio is above SR0. SR and SR0 are per observation, g4 is the raw kurtosis, 3 for a normal distribution. Null with `too-few-trades` below 2 observations, and `zero-variance` for moments that no distribution has.",
        source: "Bailey and Lopez de Prado, The Sharpe ratio efficient frontier, Journal of Risk 15, 2012",
        elsewhere: "some pages put the excess kurtosis in; quantstats corrects the moments for bias (.9050 instead of .9049).",
    };
    pub fn psr(sample: &SharpeSample, benchmark: f64) -> Metric<f64> {
        let SharpeSample { sharpe, n, skewness, kurtosis } = *sample;
        if n < 2 {
            return Err(Undefined::TooFewTrades { needed: 2 });
        }
        let spread = 1.0 - skewness * sharpe + (kurtosis - 1.0) / 4.0 * sharpe * sharpe;
        if spread <= 0.0 {
            return Err(Undefined::ZeroVariance);
        }
        Ok(normal_cdf((sharpe - benchmark) * approximate(n - 1).sqrt() / spread.sqrt()))
    }
}

metric! {
    const BENCHMARK = {
        id: "dsr_benchmark",
        name: "Sharpe ratio of the luckiest setup",
        unit: "ratio",
        formula: "sqrt(V) ((1 - c) Phi^-1(1 - 1 / N) + c Phi^-1(1 - 1 / (N e))), c = 0.5772 (Euler and Mascheroni)",
        edges: "What the best of N setups without any skill is expected to show, per observation; V is the variance of the Sharpe ratios of all setups looked at. 0 below 2 setups: one was not chosen among many.",
        source: "Bailey and Lopez de Prado, The deflated Sharpe ratio, Journal of Portfolio Management 40, 2014",
    };
    pub fn dsr_benchmark(variance: f64, trials: u64) -> f64 {
        if trials < 2 {
            return 0.0;
        }
        let count = approximate(trials);
        let highest = normal_quantile(1.0 - 1.0 / count);
        let beyond = normal_quantile(1.0 - 1.0 / (count * std::f64::consts::E));
        variance.sqrt() * ((1.0 - EULER) * highest + EULER * beyond)
    }
}

metric! {
    const DSR = {
        id: "dsr",
        name: "Deflated Sharpe ratio",
        unit: "probability",
        formula: "the probabilistic Sharpe ratio with SR0 = the Sharpe ratio of the luckiest setup",
        edges: "Correlated setups count as fewer than they are, so that it errs on the side of luck. Null where the probabilistic Sharpe ratio is.",
        source: "Bailey and Lopez de Prado, The deflated Sharpe ratio, Journal of Portfolio Management 40, 2014",
    };
    /// `looked_at` holds the Sharpe ratios per observation of all setups that were looked at, this one among them.
    pub fn dsr(sample: &SharpeSample, looked_at: &[f64]) -> Metric<f64> {
        let deviation = if looked_at.len() < 2 { 0.0 } else { dispersion::of_numbers(looked_at)? };
        let trials = u64::try_from(looked_at.len()).unwrap_or(u64::MAX);
        psr(sample, dsr_benchmark(deviation * deviation, trials))
    }
}
