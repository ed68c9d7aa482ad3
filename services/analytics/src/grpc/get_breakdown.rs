//! `GetBreakdown`: the figures by weekday, hour, symbol or side.

use super::{
    chosen::choose,
    convert::{NoteBook, closed_trade, estimate, money_estimate, profit_factor},
};
use crate::{
    db::selection::{self, ClosedRow},
    domain::Filter,
    error::Error,
};
use journal_proto::analytics::v1::{Breakdown, BreakdownRow, GetBreakdownRequest};
use sqlx::PgPool;
use statistics::{ClosedTrade, Options};
use std::collections::BTreeMap;
use time::Weekday;
use uuid::Uuid;

/// What trades are grouped by. Weekday and hour are those of the closing time on the account's clock, so that a breakdown
/// adds up to the calendar.
#[derive(Clone, Copy)]
enum Dimension {
    Weekday,
    Hour,
    Symbol,
    Side,
}

impl Dimension {
    fn parse(name: &str) -> Result<Self, Error> {
        match name {
            "weekday" => Ok(Self::Weekday),
            "hour" => Ok(Self::Hour),
            "symbol" => Ok(Self::Symbol),
            "side" => Ok(Self::Side),
            _ => Err(Error::Invalid { field: "by", expected: "must be weekday, hour, symbol or side" }),
        }
    }

    /// What rows are sorted by, and what they are called.
    fn key(self, row: &ClosedRow) -> (u8, String) {
        match self {
            Self::Weekday => (row.day.weekday().number_from_monday(), name(row.day.weekday()).to_owned()),
            Self::Hour => (row.hour, format!("{:02}", row.hour)),
            Self::Symbol => (0, row.symbol.clone()),
            Self::Side => (0, row.side.clone()),
        }
    }
}

fn name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "monday",
        Weekday::Tuesday => "tuesday",
        Weekday::Wednesday => "wednesday",
        Weekday::Thursday => "thursday",
        Weekday::Friday => "friday",
        Weekday::Saturday => "saturday",
        Weekday::Sunday => "sunday",
    }
}

/// One row for each key that a closed trade has.
pub(super) async fn get_breakdown(
    pool: &PgPool,
    user_id: Uuid,
    request: GetBreakdownRequest,
) -> Result<Breakdown, Error> {
    let dimension = Dimension::parse(&request.by)?;
    let filter = Filter::parse(request.filter)?;
    let currency = choose(pool, user_id, &filter).await?.currency;
    let rows = selection::closed(pool, user_id, &filter, &currency).await?;
    let rows = tokio::task::spawn_blocking(move || compute(&rows, dimension));
    let rows = rows.await.map_err(|error| Error::Malformed(error.to_string()))??;
    Ok(Breakdown { currency, by: request.by, rows })
}

fn compute(rows: &[ClosedRow], dimension: Dimension) -> Result<Vec<BreakdownRow>, Error> {
    let mut groups: BTreeMap<(u8, String), Vec<ClosedTrade>> = BTreeMap::new();
    for row in rows {
        groups.entry(dimension.key(row)).or_default().push(closed_trade(row)?);
    }
    groups.into_iter().map(|((_, key), trades)| figures(key, &trades)).collect()
}

fn figures(key: String, trades: &[ClosedTrade]) -> Result<BreakdownRow, Error> {
    let figures = statistics::summarize(trades, &Options::default())?;
    let mut unread = NoteBook::default();
    Ok(BreakdownRow {
        key,
        trades: figures.trades,
        wins: figures.wins,
        losses: figures.losses,
        scratches: figures.scratches,
        net_pnl: figures.net.to_string(),
        win_rate: unread.defined("win_rate", figures.win_rate).map(estimate),
        expectancy: unread.defined("expectancy", figures.expectancy).as_ref().map(money_estimate),
        profit_factor: unread.defined("profit_factor", figures.profit_factor).map(profit_factor),
    })
}
