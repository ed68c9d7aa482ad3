//! The interval of a rate.

use crate::estimate::Estimate;
use crate::undefined::{Metric, Undefined};

/// The 97.5 % quantile of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// The share `successes / n` with its 95 % Wilson score interval; [`Undefined::NoTrades`] when `n` is 0.
///
/// Unlike the normal approximation it stays between 0 and 1 and keeps its width when everything succeeded:
/// 3 of 3 is 44 % to 100 %. More successes than `n` count as `n`.
///
/// Source: Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
pub fn wilson(successes: u64, n: u64) -> Metric<Estimate> {
    if n == 0 {
        return Err(Undefined::NoTrades);
    }
    let successes = successes.min(n);
    let count = approximate(n);
    let rate = approximate(successes) / count;
    let spread = Z * Z / count;
    let centre = rate + spread / 2.0;
    let half = Z * (rate * (1.0 - rate) / count + spread / (4.0 * count)).sqrt();
    let low = if successes == 0 { 0.0 } else { (centre - half) / (1.0 + spread) };
    let high = if successes == n { 1.0 } else { (centre + half) / (1.0 + spread) };
    Ok(Estimate { value: rate, low: Some(low), high: Some(high), n })
}

/// A count as floating point: exact below 2^53, far more trades than anybody makes.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts beyond 2^53 do not occur, and would lose only the 16th digit"
)]
pub(crate) const fn approximate(count: u64) -> f64 {
    count as f64
}
