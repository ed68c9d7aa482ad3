//! `GetRisk`: what was lost at worst, and what could be.

mod simulation;

use super::{
    chosen::Chosen,
    computing::Computing,
    convert::{self, NoteBook},
    daily_figures,
    funding::Funding,
};
use crate::{
    db::{
        groups::{self, Member},
        selection::Selection,
    },
    domain::{Dimension, equity},
    error::Error,
};
use journal_proto::analytics::v1::{DrawdownSpell, GetRiskRequest, Risk};
use ledger::{Decimal, Fraction};
use runtime::postgres::Reads;
use statistics::{
    DrawdownSpell as Spell, MonteCarloOptions, SharpeSample, Undefined, drawdown_spells, equity_curve,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Most drawdowns told.
const MOST_DRAWDOWNS: usize = 20;

/// What is known of the trades that risk is asked of.
struct Sample {
    members: Vec<Member>,
    /// Of the symbols that the filter hides; empty when it hides none.
    all: Vec<Member>,
    funding: Funding,
    options: MonteCarloOptions,
}

/// Of closed trades of one currency; the work of the simulation is bounded.
pub(super) async fn get_risk(
    reads: &Reads,
    computing: &Computing,
    user_id: Uuid,
    request: GetRiskRequest,
) -> Result<Risk, Error> {
    let options = simulation::options(&request)?;
    let mut snapshot = reads.snapshot_for(user_id).await?;
    let chosen = Chosen::parse(&mut snapshot, user_id, request.filter, request.measure).await?;
    let (selection, by_symbol) = (chosen.selection(), Dimension::Symbol);
    let funding = Funding::read(&mut snapshot, user_id, &chosen).await?;
    let all = match by_symbol.relaxed(&chosen.filter) {
        Some(filter) => {
            groups::read(&mut snapshot, Selection { filter: &filter, ..selection }, chosen.measure, by_symbol)
                .await?
        }
        None => Vec::new(),
    };
    let sample = Sample {
        members: groups::read(&mut snapshot, selection, chosen.measure, by_symbol).await?,
        all,
        options: MonteCarloOptions {
            opening_equity: funding.capital.or(funding.opening).map(Fraction::from),
            ..options
        },
        funding,
    };
    let coverage = chosen.coverage(&mut snapshot).await?;
    drop(snapshot);
    let risk = computing.run(move || compute(&sample)).await?;
    Ok(Risk { unit: chosen.unit(), coverage, currency: chosen.currency, ..risk })
}

fn compute(sample: &Sample) -> Result<Risk, Error> {
    let values: Vec<Decimal> = sample.members.iter().map(|member| member.value).collect();
    let figures = convert::figures(values.iter().copied())?;
    let mut notes = NoteBook::default();
    let deviation = figures.standard_deviation;
    let mean = figures.expectancy.as_ref().map(|estimate| convert::number(&estimate.value)).map_err(|e| *e);
    let capital = sample.funding.capital.ok_or(Undefined::NoOpeningEquity);
    let ruin = mean.and_then(|mean| Ok(statistics::ruin(mean, deviation?, capital?.to_f64())));
    let simulated = statistics::monte_carlo(&values.iter().copied().collect(), &sample.options);
    let lucky = luck(sample);
    let dsr = lucky.psr_sample.and_then(|own| statistics::dsr(&own, &lucky.symbols));
    let psr = lucky.psr_sample.and_then(|own| statistics::psr(&own, 0.0));
    let pnl = equity::by_day(sample.members.iter().map(|member| (member.day, Fraction::from(member.value))));
    let account = sample.funding.account(&pnl);
    let (drawdowns, drawdowns_total) = drawdowns(drawdown_spells(&equity_curve(&account)));
    let options = sample.funding.options();
    let daily = statistics::daily(&account, &options);
    Ok(Risk {
        drawdowns,
        drawdowns_total,
        daily: Some(daily_figures::told(&daily, &options, &mut notes)),
        longest_win_streak: figures.longest_win_streak,
        longest_loss_streak: figures.longest_loss_streak,
        kelly: notes.defined("kelly", figures.kelly).map(|ratio| ratio.to_f64()),
        ruin: notes.defined("ruin", ruin),
        psr: notes.defined("psr", psr),
        dsr: notes.defined("dsr", dsr),
        dsr_trials: u64::try_from(lucky.symbols.len()).unwrap_or(u64::MAX),
        monte_carlo: notes.defined("monte_carlo", simulated).map(|run| simulation::told(&run, &mut notes)),
        notes: notes.written(),
        ..Risk::default()
    })
}

/// What a Sharpe ratio is compared with.
struct Luck {
    psr_sample: Result<SharpeSample, Undefined>,
    /// Sharpe ratios of all symbols that could have been chosen, where they have one.
    symbols: Vec<f64>,
}

fn luck(sample: &Sample) -> Luck {
    let numbers =
        |members: &[Member]| members.iter().map(|member| member.value.to_f64()).collect::<Vec<f64>>();
    let looked_at = if sample.all.is_empty() { &sample.members } else { &sample.all };
    let mut symbols: BTreeMap<_, Vec<f64>> = BTreeMap::new();
    for member in looked_at {
        symbols.entry(&member.read).or_default().push(member.value.to_f64());
    }
    Luck {
        psr_sample: SharpeSample::of(&numbers(&sample.members)),
        symbols: symbols
            .values()
            .filter_map(|values| SharpeSample::of(values).ok().map(|s| s.sharpe))
            .collect(),
    }
}

/// The deepest, and how many there are.
fn drawdowns(mut spells: Vec<Spell>) -> (Vec<DrawdownSpell>, u64) {
    spells.sort_by(|one, other| other.amount.cmp(&one.amount));
    let total = u64::try_from(spells.len()).unwrap_or(u64::MAX);
    (spells.iter().take(MOST_DRAWDOWNS).map(told).collect(), total)
}

fn told(spell: &Spell) -> DrawdownSpell {
    DrawdownSpell {
        amount: spell.amount.to_string(),
        percent: spell.share.ok(),
        from: spell.from.to_string(),
        to: spell.to.to_string(),
        recovered_on: spell.recovered_on.map(|day| day.to_string()).unwrap_or_default(),
    }
}
