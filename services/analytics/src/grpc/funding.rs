//! The money behind a set of trades: what was there before them, and what came and went meanwhile.

use super::chosen::Chosen;
use crate::{
    db::{accounts, cash_flows, selection},
    domain::{Unit, sum},
    error::Error,
};
use ledger::{Decimal, Fraction};
use selection::Selection;
use sqlx::PgConnection;
use statistics::{Calendar, DailyAccount, DailyOptions, Sessions};
use std::collections::BTreeMap;
use time::Date;
use uuid::Uuid;

/// Of the selected accounts together; nothing where an amount is not money.
#[derive(Debug, Default)]
pub(super) struct Funding {
    /// The equity before the first day; `None` when an account does not say its opening balance.
    pub opening: Option<Decimal>,
    /// Deposits above 0 and withdrawals below.
    flows: BTreeMap<Date, Fraction>,
    /// `opening`, with all flows: what losses can use up.
    pub capital: Option<Decimal>,
    opening_exact: Option<Fraction>,
    calendars: Vec<&'static Calendar>,
}

impl Funding {
    /// Where the filter has a beginning, what was made, paid in and paid out before it counts as there.
    pub async fn read(db: &mut PgConnection, user_id: Uuid, chosen: &Chosen) -> Result<Self, Error> {
        let (filter, currency) = (&chosen.filter, chosen.currency.as_str());
        let calendars = accounts::calendars(&mut *db, user_id, filter, currency).await?;
        if chosen.measure.unit != Unit::Money {
            return Ok(Self { calendars, ..Self::default() });
        }
        let mut opening = accounts::opening_balance(&mut *db, user_id, filter, currency).await?;
        if let (Some(balance), Some(before)) = (opening, filter.before()) {
            let earlier = Selection { filter: &before, ..chosen.selection() };
            opening = Some(sum(balance, selection::total(&mut *db, earlier, chosen.measure.gross).await?)?);
        }
        let mut funding = Self { opening, capital: opening, calendars, ..Self::default() };
        for flow in cash_flows::read(&mut *db, user_id, filter, currency).await? {
            funding.capital = funding.capital.map(|capital| sum(capital, flow.amount)).transpose()?;
            if filter.from.is_some_and(|from| flow.booked_at < from) {
                funding.opening = funding.opening.map(|opening| sum(opening, flow.amount)).transpose()?;
            } else {
                *funding.flows.entry(flow.day).or_default() += Fraction::from(flow.amount);
            }
        }
        funding.capital = funding.capital.filter(Decimal::is_positive);
        funding.opening_exact = funding.opening.map(Fraction::from);
        Ok(funding)
    }

    /// The account that makes this P&L by day.
    pub fn account<'a>(&'a self, pnl: &'a BTreeMap<Date, Fraction>) -> DailyAccount<'a> {
        DailyAccount {
            flows: &self.flows,
            sessions: Sessions::Of(&self.calendars),
            ..DailyAccount::new(self.opening_exact.as_ref(), pnl)
        }
    }

    /// A year has as many sessions as the busiest calendar.
    pub fn options(&self) -> DailyOptions {
        let options = DailyOptions::default();
        let years = self.calendars.iter().map(|calendar| calendar.sessions_per_year());
        DailyOptions { periods_per_year: years.max().unwrap_or(options.periods_per_year), ..options }
    }

    /// Whether money came or went on a day that counts.
    pub fn moved(&self) -> bool {
        self.flows.values().any(|flow| !flow.is_zero())
    }
}
