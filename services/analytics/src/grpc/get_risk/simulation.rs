//! The Monte Carlo of a risk answer: what may be asked, and what is told.

use super::super::convert::{NoteBook, estimate};
use crate::error::Error;
use journal_proto::analytics::v1::{
    self as proto, FanPoint, FiveQuantiles, GetRiskRequest, MonteCarlo, RuinChance,
};
use ledger::{Decimal, Fraction};
use statistics::{MonteCarloOptions, PATH_LIMIT, Quantiles, Resampling};

/// Most losses that can be asked for.
const MOST_LOSSES: usize = 10;

pub(super) fn options(request: &GetRiskRequest) -> Result<MonteCarloOptions, Error> {
    let defaults = MonteCarloOptions::default();
    let invalid = |field, expected| Err(Error::Invalid { field, expected });
    let paths = match usize::try_from(request.paths) {
        Ok(0) => defaults.paths,
        Ok(paths) if paths <= PATH_LIMIT => paths,
        _ => return invalid("paths", "must be between 1 and 10000"),
    };
    let resampling = match request.resampling.as_str() {
        "" | "with_replacement" => Resampling::WithReplacement,
        "shuffled" => Resampling::Shuffled,
        _ => return invalid("resampling", "must be with_replacement or shuffled"),
    };
    if request.ruin_losses.len() > MOST_LOSSES {
        return invalid("ruin_loss", "must be at most 10 values");
    }
    let loss =
        |text: &String| Decimal::from_str_exact(text).ok().filter(Decimal::is_positive).map(Fraction::from);
    let Some(ruin_levels) = request.ruin_losses.iter().map(loss).collect() else {
        return invalid("ruin_loss", "must be a decimal above 0");
    };
    Ok(MonteCarloOptions {
        paths,
        seed: request.seed.unwrap_or(defaults.seed),
        resampling,
        ruin_levels,
        ..defaults
    })
}

pub(super) fn told(run: &statistics::MonteCarlo, notes: &mut NoteBook) -> MonteCarlo {
    let (dealt, outcome) = (&run.dealt, &run.outcome);
    let percent = notes.defined("monte_carlo.max_drawdown_percent", outcome.max_drawdown_percent);
    let chances = outcome.ruin.iter().map(|level| RuinChance {
        loss: level.loss.to_string(),
        probability: told_estimate(notes, "monte_carlo.ruin", level.probability),
    });
    MonteCarlo {
        trades: dealt.trades,
        paths: dealt.paths,
        seed: dealt.seed,
        resampling: match dealt.resampling {
            Resampling::WithReplacement => "with_replacement",
            Resampling::Shuffled => "shuffled",
        }
        .to_owned(),
        max_drawdown: Some(quantiles(&outcome.max_drawdown)),
        max_drawdown_percent_median: percent.map(|quantiles| quantiles.p50),
        max_drawdown_percent_p95: percent.map(|quantiles| quantiles.p95),
        final_equity: Some(quantiles(&outcome.final_equity)),
        ruin: chances.collect(),
        profitable: told_estimate(notes, "monte_carlo.profitable", outcome.profitable),
        fan: outcome
            .fan
            .iter()
            .map(|point| FanPoint { trades: point.trades, equity: Some(quantiles(&point.equity)) })
            .collect(),
    }
}

fn told_estimate(
    notes: &mut NoteBook,
    field: &str,
    figure: statistics::Metric<statistics::Estimate>,
) -> Option<proto::Estimate> {
    notes.defined(field, figure).map(estimate)
}

fn quantiles(quantiles: &Quantiles<Fraction>) -> FiveQuantiles {
    FiveQuantiles {
        p5: quantiles.p5.to_string(),
        p25: quantiles.p25.to_string(),
        p50: quantiles.p50.to_string(),
        p75: quantiles.p75.to_string(),
        p95: quantiles.p95.to_string(),
    }
}
