//! `GetEquity`: cumulative net P&L by day.

use super::chosen::choose;
use crate::{
    db::days,
    domain::{Filter, sum},
    error::Error,
};
use journal_proto::analytics::v1::{Equity, EquityPoint, GetEquityRequest};
use ledger::Decimal;
use sqlx::PgPool;
use uuid::Uuid;

/// One point for each day on which a trade closed, on its account's clock.
pub(super) async fn get_equity(
    pool: &PgPool,
    user_id: Uuid,
    request: GetEquityRequest,
) -> Result<Equity, Error> {
    let filter = Filter::parse(request.filter)?;
    let currency = choose(pool, user_id, &filter).await?.currency;
    let days = days::of(pool, user_id, &filter, &currency).await?;
    let (mut cumulative, mut peak) = (Decimal::ZERO, Decimal::ZERO);
    let mut points = Vec::with_capacity(days.len());
    for day in days {
        cumulative = sum(cumulative, day.net)?;
        peak = peak.max(cumulative);
        points.push(EquityPoint {
            day: day.date.to_string(),
            net_pnl: day.net.to_string(),
            cumulative_net_pnl: cumulative.to_string(),
            drawdown: sum(peak, -cumulative)?.to_string(),
            trades: day.trades,
        });
    }
    Ok(Equity { currency, points })
}
