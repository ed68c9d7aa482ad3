//! The equity of an account from session to session, and every stretch below a peak.

use ledger::Fraction;
use time::Date;

use super::account::DailyAccount;
use super::course::{Course, Session};
use crate::catalogue::metric;
use crate::twofold::Twofold;
use crate::undefined::{Metric, Undefined};

/// An account at the end of a session.
#[derive(Debug, Clone, PartialEq)]
pub struct EquityDay {
    /// The session.
    pub date: Date,
    /// What its trades made.
    pub pnl: Fraction,
    /// Deposits less withdrawals, before its P&L.
    pub flow: Fraction,
    /// P&L since the start.
    pub cumulative: Fraction,
    /// How far the cumulative P&L is below its highest value so far, the start included.
    pub drawdown: Fraction,
    /// Opening equity + flows + P&L.
    pub equity: Metric<Fraction>,
    /// The time-weighted index: 1 at the start.
    pub index: Metric<f64>,
}

/// From a peak of the cumulative P&L until it is reached again.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawdownSpell {
    /// The deepest fall below the peak, above 0.
    pub amount: Fraction,
    /// What the index lost from the peak to the lowest day: 0.25 is 25 %.
    pub share: Metric<f64>,
    /// The last day at the peak; the day before the first for the start.
    pub from: Date,
    /// The first day at the lowest value.
    pub to: Date,
    /// The first day back at the peak; `None` if it is still below.
    pub recovered_on: Option<Date>,
}

metric! {
    const CURVE = {
        id: "equity_curve",
        name: "Equity curve",
        unit: "money",
        formula: "equity(t) = equity(t - 1) + flow(t) + P&L(t); index(t) = index(t - 1) (1 + P&L(t) / (equity(t - 1) + flow(t))); drawdown(t) = highest cumulative P&L so far - cumulative P&L(t)",
        edges: "Exact in money. Flows move the equity, never the index or a drawdown. Equity and index are null with `no-opening-equity`; the index also with `equity-lost` from the day on that used the equity up.",
        source: "GIPS 2020",
    };
    pub fn equity_curve(account: &DailyAccount<'_>) -> Vec<EquityDay> {
        let Some(course) = Course::of(account) else { return Vec::new() };
        let mut running = Running {
            known: account.opening_equity.is_some(),
            cumulative: Fraction::ZERO,
            peak: Fraction::ZERO,
            index: Err(Undefined::NoOpeningEquity),
        };
        let mut before = course.opening.clone();
        let mut days = Vec::with_capacity(course.sessions.len());
        for session in &course.sessions {
            days.push(running.day(session, &before));
            before = session.equity.clone();
        }
        days
    }
}

metric! {
    const SPELLS = {
        id: "drawdown_spells",
        name: "Drawdowns",
        unit: "money",
        formula: "highest - lowest cumulative P&L between a peak and its recovery; as a share 1 - index(lowest) / index(peak)",
        edges: "In the order in which they began; none when the curve never fell. The share is null like the index.",
        source: "common usage",
    };
    pub fn drawdown_spells(curve: &[EquityDay]) -> Vec<DrawdownSpell> {
        let mut spells = Vec::new();
        let mut peak = curve.first().map(Peak::before);
        let mut current: Option<DrawdownSpell> = None;
        for day in curve {
            if day.drawdown.is_zero() {
                spells.extend(current.take().map(|spell| DrawdownSpell { recovered_on: Some(day.date), ..spell }));
                peak = Some(Peak { date: day.date, index: day.index });
                continue;
            }
            let Some(peak) = &peak else { continue };
            let deeper = current.as_ref().is_none_or(|spell| day.drawdown > spell.amount);
            if deeper {
                current = Some(peak.fall_to(day));
            }
        }
        spells.extend(current);
        spells
    }
}

/// What the days before come to.
struct Running {
    known: bool,
    cumulative: Fraction,
    peak: Fraction,
    index: Metric<Twofold>,
}

impl Running {
    fn day(&mut self, session: &Session, before: &Fraction) -> EquityDay {
        self.cumulative += &session.pnl;
        if self.cumulative > self.peak {
            self.peak.clone_from(&self.cumulative);
        }
        if self.known && session.base.is_positive() {
            self.grow(session);
        }
        EquityDay {
            date: session.date,
            pnl: session.pnl.clone(),
            flow: &session.base - before,
            cumulative: self.cumulative.clone(),
            drawdown: &self.peak - &self.cumulative,
            equity: if self.known { Ok(session.equity.clone()) } else { Err(Undefined::NoOpeningEquity) },
            index: self.index.map(Twofold::to_f64),
        }
    }

    fn grow(&mut self, session: &Session) {
        self.index = match self.index {
            Err(Undefined::EquityLost) => return,
            _ if !session.equity.is_positive() => Err(Undefined::EquityLost),
            before => Ok(before.unwrap_or(Twofold::ONE) * (Twofold::ONE + session.near)),
        };
    }
}

/// The last day on which the curve was at its highest.
struct Peak {
    date: Date,
    index: Metric<f64>,
}

impl Peak {
    /// The start of a curve.
    fn before(first: &EquityDay) -> Self {
        Self { date: first.date.previous_day().unwrap_or(first.date), index: first.index.map(|_| 1.0) }
    }

    fn fall_to(&self, day: &EquityDay) -> DrawdownSpell {
        let share = |peak: f64, lowest: f64| 1.0 - lowest / peak;
        DrawdownSpell {
            amount: day.drawdown.clone(),
            share: self.index.and_then(|peak| Ok(share(peak, day.index?))),
            from: self.date,
            to: day.date,
            recovered_on: None,
        }
    }
}
