//! P&L by day as JSON.

use super::Coverage;
use journal_proto::analytics::v1 as proto;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(crate) struct Calendar {
    pub currency: String,
    /// What amounts are in: the currency, `R` or `%`.
    pub unit: String,
    pub coverage: Coverage,
    pub days: Vec<CalendarDay>,
}

/// A day with closed trades, in the account's time zone.
#[derive(Serialize, ToSchema)]
pub(crate) struct CalendarDay {
    pub day: String,
    pub net_pnl: String,
    pub gross_pnl: String,
    pub trades: u64,
    pub wins: u64,
    pub losses: u64,
}

impl From<proto::Calendar> for Calendar {
    fn from(calendar: proto::Calendar) -> Self {
        let days = calendar.days.into_iter().map(|day| CalendarDay {
            day: day.day,
            net_pnl: day.net_pnl,
            gross_pnl: day.gross_pnl,
            trades: day.trades,
            wins: day.wins,
            losses: day.losses,
        });
        Self {
            days: days.collect(),
            coverage: calendar.coverage.into(),
            currency: calendar.currency,
            unit: calendar.unit,
        }
    }
}
