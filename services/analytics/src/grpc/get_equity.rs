//! `GetEquity`: cumulative P&L and equity by day.

use super::{chosen::Chosen, convert::NoteBook};
use crate::{
    db::{accounts, amounts},
    domain::{Unit, equity, sum},
    error::Error,
};
use journal_proto::analytics::v1::{Equity, EquityPoint, GetEquityRequest};
use ledger::Decimal;
use sqlx::PgPool;
use statistics::Undefined;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Most points that can be asked for.
const MOST_POINTS: u32 = 5_000;

/// One point for each day on which a trade closed, on its account's clock, or fewer with the same highs and lows.
pub(super) async fn get_equity(
    pool: &PgPool,
    user_id: Uuid,
    request: GetEquityRequest,
) -> Result<Equity, Error> {
    if request.points > MOST_POINTS || (1..5).contains(&request.points) {
        return Err(Error::Invalid { field: "points", expected: "must be between 5 and 5000" });
    }
    let chosen = Chosen::parse(pool, user_id, request.filter, request.measure).await?;
    let opening = match chosen.measure.unit {
        Unit::Money => accounts::opening_balance(pool, user_id, &chosen.filter, &chosen.currency).await?,
        Unit::R | Unit::Percent => None,
    };
    let mut days = BTreeMap::new();
    for amount in amounts::read(pool, chosen.selection(), chosen.measure).await? {
        let (pnl, trades) = days.entry(amount.day).or_insert((Decimal::ZERO, 0));
        *pnl = sum(*pnl, amount.value)?;
        *trades += 1;
    }
    let count = days.len();
    let points = equity::thin(equity::curve(days, opening)?, usize::try_from(request.points).unwrap_or(0))?;
    let mut notes = NoteBook::default();
    let known = opening.filter(Decimal::is_positive).ok_or(Undefined::NoOpeningEquity);
    notes.defined("points.twr_index", known);
    Ok(Equity {
        points: points.iter().map(told).collect(),
        unit: chosen.unit(),
        coverage: chosen.coverage(pool).await?,
        opening_balance: opening.map(|balance| balance.to_string()),
        days: u64::try_from(count).unwrap_or(u64::MAX),
        notes: notes.written(),
        currency: chosen.currency,
    })
}

fn told(point: &equity::Point) -> EquityPoint {
    EquityPoint {
        day: point.day.to_string(),
        net_pnl: point.pnl.to_string(),
        cumulative_net_pnl: point.cumulative.to_string(),
        drawdown: point.drawdown.to_string(),
        trades: point.trades,
        equity: point.equity.map(|equity| equity.to_string()),
        twr_index: point.index,
    }
}
