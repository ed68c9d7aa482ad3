//! The closed form of ruin.

/// The chance of ever losing `capital` when trading on for ever at a fixed size (probability):
/// `exp(-2 x mean x capital / deviation^2)`, and 1 for a mean of 0 or below.
///
/// `mean` and `deviation` are those of the net P&L of a trade, all three in one currency. It takes the P&L for
/// normal and independent, so that fat tails ruin sooner: compare [`crate::monte_carlo`]. Without a deviation a
/// mean above 0 never ruins; a capital of 0 or below is ruined already.
///
/// Source: the first passage of a Brownian motion with drift (Cox and Miller, "The Theory of Stochastic Processes",
/// 1965, section 5.7).
pub fn ruin(mean: f64, deviation: f64, capital: f64) -> f64 {
    if mean <= 0.0 || capital <= 0.0 {
        return 1.0;
    }
    libm::exp(-2.0 * mean * capital / (deviation * deviation))
}
