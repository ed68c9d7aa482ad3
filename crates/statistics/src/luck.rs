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
pub use sharpe::{SharpeSample, dsr_benchmark, psr};
pub use student::{mean_p, student_upper_tail};
