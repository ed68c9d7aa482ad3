//! How much of a result may be luck: tests, corrections for having looked at many rows, and the chance of ruin.

mod day_blocks;
mod false_discovery;
mod normal;
mod ruin;
mod setups;
mod sharpe;
mod student;

pub use day_blocks::{BLOCK_LIMIT, DayTrade, day_block_expectancy, day_block_p};
pub use false_discovery::{Discovery, benjamini_hochberg};
pub use normal::{normal_cdf, normal_quantile};
pub use ruin::ruin;
pub use setups::{RankedSetup, Ranking, RankingOptions, Setup, Test, rank_setups};
pub use sharpe::{SharpeSample, dsr, dsr_benchmark, psr};
pub(crate) use student::upper_tail;
pub use student::{mean_p, student_upper_tail};

pub(crate) const ABOUT: &str = "\
x is the net P&L of a trade, or the return of a day; SR is mean(x) / sd(x) of these observations, not annualised, and
g3 and g4 their skewness and raw kurtosis with population moments. Phi is the normal distribution function. All of it is
the same on every machine: the generator is SplitMix64, and no function of the platform's mathematics is used.";

pub(crate) const METRICS: &[crate::catalogue::MetricDescription] = &[
    day_blocks::EXPECTANCY,
    student::P,
    day_blocks::P,
    false_discovery::ADJUSTED,
    sharpe::PSR,
    sharpe::BENCHMARK,
    sharpe::DSR,
    ruin::RUIN,
];
