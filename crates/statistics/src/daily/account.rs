//! [`DailyAccount`]: what daily figures are made of.

use std::collections::{BTreeMap, BTreeSet};

use ledger::Fraction;
use time::Date;

use crate::calendar::Calendar;

/// Which days are sessions. A day with P&L, a deposit or a withdrawal always is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sessions<'a> {
    /// Mondays to Fridays.
    #[default]
    Weekdays,
    /// Every day: crypto.
    EveryDay,
    /// These days.
    Listed(&'a BTreeSet<Date>),
    /// The sessions of any of these calendars.
    Of(&'a [&'a Calendar]),
}

/// An account day by day, all in one currency.
#[derive(Debug, Clone, Copy)]
pub struct DailyAccount<'a> {
    /// The equity before the first day. Without it there are no returns.
    pub opening_equity: Option<&'a Fraction>,
    /// Net P&L of the days that have any.
    pub pnl: &'a BTreeMap<Date, Fraction>,
    /// Deposits above 0 and withdrawals below, which enter before the P&L of their day.
    pub flows: &'a BTreeMap<Date, Fraction>,
    /// The first and the last day. Default: those of P&L and flows.
    pub period: Option<(Date, Date)>,
    /// Which days are sessions.
    pub sessions: Sessions<'a>,
}

impl<'a> DailyAccount<'a> {
    /// An account without deposits and withdrawals, its sessions Mondays to Fridays.
    pub const fn new(opening_equity: Option<&'a Fraction>, pnl: &'a BTreeMap<Date, Fraction>) -> Self {
        const NONE: &BTreeMap<Date, Fraction> = &BTreeMap::new();
        Self { opening_equity, pnl, flows: NONE, period: None, sessions: Sessions::Weekdays }
    }
}

/// What a person may choose about daily figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DailyOptions {
    /// Sessions in a year. Default: 252.
    pub periods_per_year: u32,
    /// The risk-free rate of a year, also the least acceptable return: 0.05 is 5 %. Default: 0.
    pub risk_free: Fraction,
    /// Calendar days below which nothing is projected onto a year. Default: 90; 0 projects everything.
    pub shortest_year: u64,
    /// The largest profit of a day that a rule allows to count. Default: `None`.
    pub day_limit: Option<Fraction>,
}

impl Default for DailyOptions {
    fn default() -> Self {
        Self { periods_per_year: 252, risk_free: Fraction::ZERO, shortest_year: 90, day_limit: None }
    }
}
