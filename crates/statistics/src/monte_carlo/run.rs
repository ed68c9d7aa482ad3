//! [`Run`]: all paths, one after the other.

use super::deck::Deck;
use super::fan::{Fan, money, number};
use super::outcome::{Dealt, MonteCarlo, PathOutcome, RuinRisk};
use super::path::Follower;
use super::{MonteCarloOptions, Quantiles};
use crate::undefined::Undefined;
use crate::wilson::wilson;

/// The results of the paths so far.
pub(super) struct Run {
    start: i128,
    ruin_levels: Vec<i128>,
    ruined: Vec<u64>,
    profitable: u64,
    drawdowns: Vec<i128>,
    shares: Vec<f64>,
    fan: Fan,
}

impl Run {
    pub(super) fn new(start: i128, ruin_levels: Vec<i128>, paths: usize, trades: usize) -> Self {
        Self {
            start,
            ruined: vec![0; ruin_levels.len()],
            ruin_levels,
            profitable: 0,
            drawdowns: Vec::with_capacity(paths),
            shares: Vec::with_capacity(paths),
            fan: Fan::new(start, paths, trades),
        }
    }

    pub(super) fn follow(&mut self, deck: &mut Deck) {
        let mut follower = Follower::from(self.start);
        let mut marks = self.fan.next_path();
        deck.deal(|net| {
            follower.step(net);
            marks.step(follower.equity());
        });
        let end = follower.finish();
        self.profitable += u64::from(end.equity > self.start);
        self.drawdowns.push(end.drawdown);
        self.shares.push(end.share);
        for (ruined, level) in self.ruined.iter_mut().zip(&self.ruin_levels) {
            *ruined += u64::from(self.start - end.lowest >= *level);
        }
    }

    pub(super) fn finish(
        mut self,
        options: &MonteCarloOptions,
        with_percent: bool,
        unit: i128,
    ) -> MonteCarlo {
        let paths = u64::try_from(self.drawdowns.len()).unwrap_or(u64::MAX);
        let fan = self.fan.finish(unit);
        let percent = Quantiles::of(&mut self.shares, f64::total_cmp, number);
        let ruin = options.ruin_levels.iter().zip(&self.ruined);
        let (seed, resampling) = (options.seed, options.resampling);
        let dealt = Dealt { trades: fan.trades, paths, steps: paths * fan.trades, seed, resampling };
        let outcome = PathOutcome {
            max_drawdown: Quantiles::of(&mut self.drawdowns, i128::cmp, |below, above, rest| {
                money(below, above, rest, unit)
            }),
            max_drawdown_percent: if with_percent { Ok(percent) } else { Err(Undefined::NoOpeningEquity) },
            final_equity: fan.last,
            profitable: wilson(self.profitable, paths),
            fan: fan.points,
            ruin: ruin
                .map(|(loss, ruined)| RuinRisk { loss: loss.clone(), probability: wilson(*ruined, paths) })
                .collect(),
        };
        MonteCarlo { dealt, outcome }
    }
}
