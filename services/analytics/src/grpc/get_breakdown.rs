//! `GetBreakdown`: the figures of each group of trades, and which of them may be chance.

use super::{
    chosen::Chosen,
    computing::Computing,
    convert::{self, NoteBook, estimate, money_estimate, profit_factor},
};
use crate::{
    db::{
        groups::{self, Member},
        selection::Selection,
    },
    domain::{Dimension, Key},
    error::Error,
};
use journal_proto::analytics::v1::{Breakdown, BreakdownRow, GetBreakdownRequest};
use runtime::postgres::Reads;
use statistics::{DayTrade, RankedSetup, RankingOptions, Setup};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Trades times draws that the intervals of one answer may take.
const WORK: usize = 20_000_000;
/// Draws of an interval, unless that is too much work.
const DRAWS: usize = 1_000;
const FEWEST_DRAWS: usize = 100;

type Groups = BTreeMap<Key, Vec<DayTrade>>;

/// One row for each key that a closed trade has. Which rows may be chance is decided over those that the filter hides as
/// well: whoever looks at one of twenty setups has looked at twenty.
pub(super) async fn get_breakdown(
    reads: &Reads,
    computing: &Computing,
    user_id: Uuid,
    request: GetBreakdownRequest,
) -> Result<Breakdown, Error> {
    let dimension = Dimension::parse(&request.by)?;
    let mut snapshot = reads.snapshot_for(user_id).await?;
    let chosen = Chosen::parse(&mut snapshot, user_id, request.filter, request.measure).await?;
    let selection = chosen.selection();
    let shown = groups::read(&mut snapshot, selection, chosen.measure, dimension).await?;
    let all = match dimension.relaxed(&chosen.filter) {
        Some(filter) => {
            let selection = Selection { filter: &filter, ..selection };
            groups::read(&mut snapshot, selection, chosen.measure, dimension).await?
        }
        None => Vec::new(),
    };
    let coverage = chosen.coverage(&mut snapshot).await?;
    drop(snapshot);
    let (rows, family) = computing.run(move || compute(&shown, &all, dimension)).await?;
    Ok(Breakdown {
        rows,
        family,
        false_discovery_rate: RankingOptions::default().rate,
        unit: chosen.unit(),
        coverage,
        currency: chosen.currency,
        by: request.by,
        rows_overlap: dimension.overlaps(),
    })
}

fn grouped(members: &[Member], dimension: Dimension) -> Groups {
    let mut groups = Groups::new();
    for member in members {
        let trade = DayTrade { day: member.day.to_julian_day().into(), net: member.value.into() };
        for key in dimension.keys(&member.read) {
            groups.entry(key).or_default().push(trade.clone());
        }
    }
    groups
}

fn compute(
    shown: &[Member],
    all: &[Member],
    dimension: Dimension,
) -> Result<(Vec<BreakdownRow>, u64), Error> {
    let visible = grouped(shown, dimension);
    let mut hidden = grouped(all, dimension);
    hidden.retain(|key, _| !visible.contains_key(key));
    let setups: Vec<Setup<'_>> = visible
        .values()
        .map(|trades| Setup { trades, hidden: false })
        .chain(hidden.values().map(|trades| Setup { trades, hidden: true }))
        .collect();
    let draws = DRAWS.min(WORK / (shown.len() + all.len()).max(1)).max(FEWEST_DRAWS);
    let mut ranked = statistics::rank_setups(&setups, &RankingOptions { draws, ..Default::default() }).rows;
    ranked.sort_unstable_by_key(|row| row.setup);
    let rows: Result<_, _> = visible
        .iter()
        .zip(&ranked)
        .map(|(((_, key), trades), ranked)| row(key.clone(), trades, ranked, dimension))
        .collect();
    Ok((rows?, u64::try_from(setups.len()).unwrap_or(u64::MAX)))
}

fn row(
    key: String,
    trades: &[DayTrade],
    ranked: &RankedSetup,
    dimension: Dimension,
) -> Result<BreakdownRow, Error> {
    let figures = convert::figures(trades.iter().map(|trade| trade.net.clone()))?;
    let by_luck = !dimension.is_of_results();
    let mut unread = NoteBook::default();
    Ok(BreakdownRow {
        key,
        trades: figures.trades,
        wins: figures.wins,
        losses: figures.losses,
        scratches: figures.scratches,
        net_pnl: figures.net.to_string(),
        win_rate: unread.defined("win_rate", figures.win_rate).map(estimate),
        expectancy: ranked.expectancy.as_ref().ok().map(money_estimate),
        profit_factor: unread.defined("profit_factor", figures.profit_factor).map(profit_factor),
        p: ranked.p_student.ok().filter(|_| by_luck),
        adjusted_p: (by_luck && ranked.p_student.is_ok()).then_some(ranked.adjusted_p),
        may_be_chance: by_luck && ranked.may_be_chance,
    })
}
