//! Performance statistics of closed trades that say when they do not know.
//!
//! ```text
//! ClosedTrade --from_rows--\
//!                           Trades --summarize--> Summary
//! Columns --from_columns----/        DailyAccount --daily--> DailySummary
//! ```
//!
//! Money and what is made of it by adding, multiplying and dividing are exact ([`ledger::Fraction`], [`Ratio`]); roots,
//! powers and logarithms are `f64`. A figure
//! that does not exist is an [`Undefined`] with its reason, never a zero, and a figure that luck may have made comes
//! with a 95 % interval. [`metrics`] describes every one of them: unit, formula, source.
//!
//! Pure and synchronous: no clock, no files, and the same trades and seed give the same figures on every machine.

mod amounts;
mod bars;
mod bootstrap;
mod breakdown;
mod calendar;
mod catalogue;
mod closed_trade;
mod compare;
mod daily;
mod dispersion;
mod distribution;
mod drawdown;
mod error;
mod estimate;
mod excursion;
mod luck;
mod monte_carlo;
mod multiples;
mod options;
mod quantile;
mod random;
mod ratio;
mod reference;
mod streaks;
mod summary;
mod tally;
mod time_in_market;
mod trades;
mod twofold;
mod undefined;
mod what_if;
mod wilson;

pub use amounts::Amounts;
pub use bars::{Bar, BarError, BarFault, Bars};
pub use bootstrap::BOOTSTRAP_LIMIT;
pub use breakdown::breakdown;
pub use calendar::{Calendar, CalendarError, DayPart, SpecialDay, UnknownZone, Zone};
pub use catalogue::{MetricDescription, SECTIONS, Section, described, markdown, metrics};
pub use closed_trade::ClosedTrade;
pub use compare::{Difference, compare};
pub use daily::{
    DailyAccount, DailyOptions, DailySummary, DayFall, DrawdownSpell, EquityDay, MoneyWeighted, Sessions,
    daily, drawdown_spells, equity_curve,
};
pub use distribution::{Bin, Bins, distribution};
pub use drawdown::Drawdown;
pub use error::StatisticsError;
pub use estimate::{Estimate, MoneyEstimate};
pub use excursion::{Excursion, Extremes, Trip};
pub use luck::{
    BLOCK_LIMIT, DayTrade, Discovery, RankedSetup, Ranking, RankingOptions, Setup, SharpeSample, Test,
    benjamini_hochberg, day_block_expectancy, day_block_p, dsr, dsr_benchmark, mean_p, normal_cdf,
    normal_quantile, psr, rank_setups, ruin, student_upper_tail,
};
pub use monte_carlo::{
    Dealt, FAN_POINTS, FanPoint, MonteCarlo, MonteCarloOptions, PATH_LIMIT, PathOutcome, Quantiles,
    Resampling, RuinRisk, STEP_LIMIT, monte_carlo,
};
pub use multiples::{exact_expectancy_r, r_multiples};
pub use options::Options;
pub use quantile::quantiles;
pub use ratio::{ProfitFactor, Ratio};
pub use reference::{Named, Value, reference_daily, reference_metrics};
pub use summary::{Summary, summarize};
pub use time_in_market::{HeldQuantity, weighted_hold_seconds};
pub use trades::{Columns, Trades};
pub use undefined::{Metric, Undefined};
pub use what_if::{Distance, EnteredTrade, ExitPlan, ExitReason, PlannedExit, WhatIf};
pub use wilson::wilson;
