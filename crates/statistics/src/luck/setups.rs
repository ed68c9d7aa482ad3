//! Which of many setups is worth more than luck.

use crate::estimate::MoneyEstimate;
use crate::luck::day_blocks::{DayTrade, day_block_expectancy, day_block_p};
use crate::luck::false_discovery::benjamini_hochberg;
use crate::luck::student::mean_p;
use crate::options::Options;
use crate::undefined::Metric;

/// The trades of one row of a table that can be sorted: a setup, a tag, an hour, a symbol.
#[derive(Debug, Clone, Copy)]
pub struct Setup<'a> {
    /// Its closed trades, all in one currency; their order does not matter.
    pub trades: &'a [DayTrade],
    /// Whether a filter hides it. It still counts as a row that was looked at.
    pub hidden: bool,
}

/// Which p-value decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Test {
    /// Student's t-test: any p, but it takes trades for independent.
    #[default]
    StudentT,
    /// The bootstrap of whole days: no assumption about a day, but no p below 1 / (draws + 1).
    DayBlocks,
}

/// What a person may choose about a ranking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankingOptions {
    /// The false discovery rate, usually 0.05 to 0.10. Default: 0.05.
    pub rate: f64,
    /// Which p-value decides. Default: Student's t.
    pub test: Test,
    /// How many samples the bootstrap draws for each setup. Default: 1000.
    pub draws: usize,
    /// The seed of the bootstrap, the same for every setup, so that no row depends on the others. Default: 42.
    pub seed: u64,
}

impl Default for RankingOptions {
    fn default() -> Self {
        Self { rate: 0.05, test: Test::default(), draws: 1000, seed: 42 }
    }
}

/// A row of the ranking.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedSetup {
    /// Its position among the setups given, from 0.
    pub setup: usize,
    /// Whether a filter hides it.
    pub hidden: bool,
    /// The mean net P&L of a trade with its 95 % interval from resampled days (money), and the number of trades.
    pub expectancy: Metric<MoneyEstimate>,
    /// One-sided p of Student's t (probability).
    pub p_student: Metric<f64>,
    /// One-sided p of the day-block bootstrap (probability).
    pub p_day_blocks: Metric<f64>,
    /// The deciding p after Benjamini and Hochberg over all rows, hidden ones included (probability).
    pub adjusted_p: f64,
    /// Whether its result may be chance: the adjusted p is above the false discovery rate.
    pub may_be_chance: bool,
}

/// Setups from the highest expectancy to the lowest, those without trades last.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// Every row, hidden ones included; equal ones in the order given.
    pub rows: Vec<RankedSetup>,
    /// The setup that may be called best: the highest expectancy among the visible ones that are more than chance.
    /// `None` when every one of them may be chance. A position among the setups given.
    pub best: Option<usize>,
}

/// Ranks setups by expectancy and says which of them may be chance: with 20 setups without any skill, the best one
/// looks good by nearly two standard deviations.
///
/// Pass every row that the person could have sorted, also those filtered away; see [`benjamini_hochberg`].
pub fn rank_setups(setups: &[Setup<'_>], options: &RankingOptions) -> Ranking {
    let mut rows: Vec<RankedSetup> =
        setups.iter().enumerate().map(|(position, setup)| measure(position, setup, options)).collect();
    let deciding: Vec<Metric<f64>> = rows.iter().map(|row| row.p(options.test)).collect();
    for (row, discovery) in rows.iter_mut().zip(benjamini_hochberg(&deciding, options.rate)) {
        row.adjusted_p = discovery.adjusted;
        row.may_be_chance = !discovery.survives;
    }
    rows.sort_by(|left, right| mean(right).cmp(&mean(left)));
    let best = rows.iter().find(|row| !row.hidden && !row.may_be_chance).map(|row| row.setup);
    Ranking { rows, best }
}

impl RankedSetup {
    const fn p(&self, test: Test) -> Metric<f64> {
        match test {
            Test::StudentT => self.p_student,
            Test::DayBlocks => self.p_day_blocks,
        }
    }
}

fn measure(position: usize, setup: &Setup<'_>, options: &RankingOptions) -> RankedSetup {
    let bootstrap = Options { bootstrap_draws: options.draws, seed: options.seed, ..Options::default() };
    let nets: Vec<f64> = setup.trades.iter().map(|trade| trade.net.to_f64()).collect();
    RankedSetup {
        setup: position,
        hidden: setup.hidden,
        expectancy: day_block_expectancy(setup.trades, &bootstrap),
        p_student: mean_p(&nets),
        p_day_blocks: day_block_p(setup.trades, &bootstrap),
        adjusted_p: 1.0,
        may_be_chance: true,
    }
}

/// None sorts below every mean.
fn mean(row: &RankedSetup) -> Option<&ledger::Fraction> {
    row.expectancy.as_ref().ok().map(|estimate| &estimate.value)
}
