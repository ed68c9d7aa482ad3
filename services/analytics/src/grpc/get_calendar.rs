//! `GetCalendar`: P&L and trades by day.

use super::chosen::Chosen;
use crate::{
    db::days::{self, DayRow},
    domain::sum,
    error::Error,
};
use journal_proto::analytics::v1::{Calendar, CalendarDay, GetCalendarRequest};
use ledger::Decimal;
use runtime::postgres::Reads;
use std::collections::BTreeMap;
use time::Date;
use uuid::Uuid;

/// One entry for each day on which a trade closed, on its account's clock.
pub(super) async fn get_calendar(
    reads: &Reads,
    user_id: Uuid,
    request: GetCalendarRequest,
) -> Result<Calendar, Error> {
    let mut snapshot = reads.snapshot_for(user_id).await?;
    let chosen = Chosen::parse(&mut snapshot, user_id, request.filter, request.measure).await?;
    let rows = days::read(&mut snapshot, chosen.selection()).await?;
    let coverage = chosen.coverage(&mut snapshot).await?;
    let mut days: BTreeMap<Date, Day> = BTreeMap::new();
    for row in &rows {
        days.entry(row.day).or_default().add(row, chosen.measure.gross)?;
    }
    let days = days.into_iter().map(|(date, day)| day.told(date)).collect();
    Ok(Calendar { days, unit: chosen.unit(), coverage, currency: chosen.currency })
}

#[derive(Default)]
struct Day {
    net: Decimal,
    gross: Decimal,
    trades: u64,
    wins: u64,
    losses: u64,
}

impl Day {
    fn add(&mut self, row: &DayRow, by_gross: bool) -> Result<(), Error> {
        self.net = sum(self.net, row.net)?;
        self.gross = sum(self.gross, row.gross)?;
        let amount = if by_gross { row.gross } else { row.net };
        self.trades += 1;
        self.wins += u64::from(amount.is_positive());
        self.losses += u64::from(amount.is_negative());
        Ok(())
    }

    fn told(&self, date: Date) -> CalendarDay {
        CalendarDay {
            day: date.to_string(),
            net_pnl: self.net.to_string(),
            gross_pnl: self.gross.to_string(),
            trades: self.trades,
            wins: self.wins,
            losses: self.losses,
        }
    }
}
