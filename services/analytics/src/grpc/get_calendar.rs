//! `GetCalendar`: P&L and trades by day.

use super::chosen::choose;
use crate::{db::days, domain::Filter, error::Error};
use journal_proto::analytics::v1::{Calendar, CalendarDay, GetCalendarRequest};
use sqlx::PgPool;
use uuid::Uuid;

/// One entry for each day on which a trade closed, on its account's clock.
pub(super) async fn get_calendar(
    pool: &PgPool,
    user_id: Uuid,
    request: GetCalendarRequest,
) -> Result<Calendar, Error> {
    let filter = Filter::parse(request.filter)?;
    let currency = choose(pool, user_id, &filter).await?.currency;
    let days = days::of(pool, user_id, &filter, &currency).await?.into_iter().map(|day| CalendarDay {
        day: day.date.to_string(),
        net_pnl: day.net.to_string(),
        gross_pnl: day.gross.to_string(),
        trades: day.trades,
        wins: day.wins,
        losses: day.losses,
    });
    Ok(Calendar { days: days.collect(), currency })
}
