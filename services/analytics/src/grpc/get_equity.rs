//! `GetEquity`: cumulative P&L and equity by day.

use super::{chosen::Chosen, convert::NoteBook, funding::Funding};
use crate::{db::amounts, domain::equity, error::Error};
use journal_proto::analytics::v1::{Equity, EquityPoint, GetEquityRequest};
use ledger::Fraction;
use runtime::postgres::Reads;
use statistics::{Undefined, equity_curve};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Most points that can be asked for.
const MOST_POINTS: u32 = 5_000;

/// One point for each day on which a trade closed or money came or went, on its account's clock, or fewer with the same
/// highs and lows.
pub(super) async fn get_equity(
    reads: &Reads,
    user_id: Uuid,
    request: GetEquityRequest,
) -> Result<Equity, Error> {
    if request.points > MOST_POINTS || (1..5).contains(&request.points) {
        return Err(Error::Invalid { field: "points", expected: "must be between 5 and 5000" });
    }
    let mut snapshot = reads.snapshot_for(user_id).await?;
    let chosen = Chosen::parse(&mut snapshot, user_id, request.filter, request.measure).await?;
    let funding = Funding::read(&mut snapshot, user_id, &chosen).await?;
    let amounts = amounts::read(&mut snapshot, chosen.selection(), chosen.measure).await?;
    let coverage = chosen.coverage(&mut snapshot).await?;
    drop(snapshot);
    let mut trades = BTreeMap::new();
    for amount in &amounts {
        *trades.entry(amount.day).or_insert(0) += 1;
    }
    let pnl = equity::by_day(amounts.iter().map(|each| (each.day, Fraction::from(each.value))));
    let curve = equity_curve(&funding.account(&pnl));
    let mut notes = NoteBook::default();
    let unknown = if funding.opening.is_none() { Some(Undefined::NoOpeningEquity) } else { None };
    let undefined = unknown.or_else(|| curve.iter().find_map(|day| day.index.err()));
    notes.defined("points.twr_index", undefined.map_or(Ok(()), Err));
    let points = equity::points(curve, &trades);
    let count = points.len();
    let points = equity::thin(points, usize::try_from(request.points).unwrap_or(0));
    Ok(Equity {
        points: points.iter().map(told).collect(),
        unit: chosen.unit(),
        coverage,
        opening_balance: funding.opening.map(|balance| balance.to_string()),
        days: u64::try_from(count).unwrap_or(u64::MAX),
        notes: notes.written(),
        currency: chosen.currency,
    })
}

fn told(point: &equity::Point) -> EquityPoint {
    let day = &point.day;
    EquityPoint {
        day: day.date.to_string(),
        net_pnl: day.pnl.to_string(),
        flow: day.flow.to_string(),
        cumulative_net_pnl: day.cumulative.to_string(),
        drawdown: day.drawdown.to_string(),
        trades: point.trades,
        equity: day.equity.as_ref().ok().map(ToString::to_string),
        twr_index: day.index.ok(),
    }
}
