//! The closed form of ruin.

use crate::catalogue::metric;

metric! {
    const RUIN = {
        id: "ruin",
        name: "Risk of ruin",
        unit: "probability",
        formula: "exp(-2 mean(x) C / sd(x)^2)",
        edges: "The chance of ever losing the capital C at a fixed size. 1 for a mean of 0 or below and for no capital, 0 without a deviation. It takes P&L for normal and independent; fat tails ruin sooner, see the Monte Carlo.",
        source: "Cox and Miller, The Theory of Stochastic Processes, 1965, section 5.7",
        elsewhere: "((1 - e) / (1 + e))^units holds for even-money bets only; quantstats takes the win rate and the number of days.",
    };
    pub fn ruin(mean: f64, deviation: f64, capital: f64) -> f64 {
        if mean <= 0.0 || capital <= 0.0 {
            return 1.0;
        }
        libm::exp(-2.0 * mean * capital / (deviation * deviation))
    }
}
