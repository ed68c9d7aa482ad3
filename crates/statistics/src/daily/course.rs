//! [`Course`]: the equity of an account from session to session.

use ledger::Fraction;
use time::Date;

use super::account::DailyAccount;
use super::sessions;
use crate::twofold::Twofold;

/// One session.
pub(super) struct Session {
    pub(super) date: Date,
    pub(super) pnl: Fraction,
    /// Equity after the day's deposits and withdrawals, before its P&L.
    pub(super) base: Fraction,
    /// Equity at the end of the day.
    pub(super) equity: Fraction,
    /// Whether money came or went before the P&L.
    pub(super) moved: bool,
    /// `pnl / base`, 0 where that is not above 0; and the same with about 31 digits.
    pub(super) value: Fraction,
    pub(super) near: Twofold,
}

/// All sessions of a period.
pub(super) struct Course {
    pub(super) period: (Date, Date),
    pub(super) sessions: Vec<Session>,
    pub(super) opening: Fraction,
}

impl Course {
    /// `None` without a day. An unknown opening equity counts as 0.
    pub(super) fn of(account: &DailyAccount<'_>) -> Option<Self> {
        let period = sessions::period(account)?;
        let opening = account.opening_equity.cloned().unwrap_or_default();
        let mut equity = opening.clone();
        let step = |date: Date| {
            let flow = account.flows.get(&date).cloned().unwrap_or_default();
            let pnl = account.pnl.get(&date).cloned().unwrap_or_default();
            let base = &equity + &flow;
            equity = &base + &pnl;
            let value =
                if base.is_positive() { pnl.checked_div(&base).unwrap_or_default() } else { Fraction::ZERO };
            let near = if value.is_zero() { Twofold::ZERO } else { Twofold::from(&value) };
            Session { date, pnl, base, equity: equity.clone(), moved: !flow.is_zero(), value, near }
        };
        let sessions: Vec<Session> = sessions::days(account, period).into_iter().map(step).collect();
        if sessions.is_empty() { None } else { Some(Self { period, sessions, opening }) }
    }

    pub(super) fn count(&self) -> Twofold {
        Twofold::count(self.sessions.len())
    }

    /// The equity at the end.
    pub(super) fn end_equity(&self) -> &Fraction {
        self.sessions.last().map_or(&self.opening, |session| &session.equity)
    }

    /// The date of a point of a curve, of which point 0 is the day before the period.
    pub(super) fn date(&self, point: usize) -> Date {
        let before = || self.period.0.previous_day().unwrap_or(self.period.0);
        point
            .checked_sub(1)
            .and_then(|index| self.sessions.get(index))
            .map_or_else(before, |session| session.date)
    }
}
