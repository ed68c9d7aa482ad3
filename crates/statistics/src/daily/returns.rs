//! [`Returns`]: the return of each session.

use std::collections::BTreeMap;

use ledger::Decimal;
use time::Date;

use crate::column::approximate as amount;
use crate::dispersion::sum;
use crate::ratio::same_quotient;
use crate::undefined::{Metric, Undefined};
use crate::wilson::approximate;

/// Daily returns; the idle sessions, all 0, as a count.
pub(super) struct Returns {
    values: Vec<f64>,
    idle: u64,
    /// Whether all sessions have the same return, decided on the exact amounts.
    constant: bool,
    /// product(1 + r).
    pub(super) index: f64,
    /// The largest fall of that product as a share of its peak; 0 if it never fell.
    pub(super) drawdown: f64,
}

impl Returns {
    pub(super) fn of(
        pnl: &BTreeMap<Date, Decimal>,
        opening_equity: Option<Decimal>,
        sessions: u64,
    ) -> Metric<Self> {
        if pnl.is_empty() {
            return Err(Undefined::NoTrades);
        }
        let opening = opening_equity.filter(Decimal::is_positive).ok_or(Undefined::NoOpeningEquity)?;
        let quotients = quotients(pnl, opening)?;
        let values: Vec<f64> = quotients.iter().map(|(day, equity)| amount(*day) / amount(*equity)).collect();
        let idle = sessions.saturating_sub(u64::try_from(values.len()).unwrap_or(u64::MAX));
        let still = (idle > 0).then_some((Decimal::ZERO, Decimal::ONE));
        let first = still.or(quotients.first().copied());
        let constant =
            first.is_some_and(|first| quotients.iter().all(|quotient| same_quotient(*quotient, first)));
        let (index, drawdown) = grow(&values);
        Ok(Self { values, idle, constant, index, drawdown })
    }

    fn sessions(&self) -> f64 {
        approximate(self.idle) + approximate(u64::try_from(self.values.len()).unwrap_or(u64::MAX))
    }

    pub(super) fn mean(&self) -> f64 {
        sum(self.values.iter().copied()) / self.sessions()
    }

    /// The standard deviation of a sample (n - 1); exactly 0 when all returns are equal. Needs two sessions.
    pub(super) fn deviation(&self) -> f64 {
        if self.constant {
            return 0.0;
        }
        let mean = self.mean();
        let traded = sum(self.values.iter().map(|value| (value - mean).powi(2)));
        let idle = approximate(self.idle) * mean.powi(2);
        ((traded + idle) / (self.sessions() - 1.0)).sqrt()
    }

    /// Root of the mean square of the negative returns, over all sessions.
    pub(super) fn downside(&self) -> f64 {
        (sum(self.values.iter().map(|value| value.min(0.0).powi(2))) / self.sessions()).sqrt()
    }
}

/// P&L and the equity before it, day by day.
fn quotients(pnl: &BTreeMap<Date, Decimal>, opening: Decimal) -> Metric<Vec<(Decimal, Decimal)>> {
    let mut equity = opening;
    pnl.values()
        .map(|day| {
            let before = equity;
            equity = before.checked_add(*day).ok_or(Undefined::TooManyDigits)?;
            if equity.is_positive() { Ok((*day, before)) } else { Err(Undefined::EquityLost) }
        })
        .collect()
}

/// product(1 + r), and its largest fall from a peak, the start included.
fn grow(values: &[f64]) -> (f64, f64) {
    let (index, _, drawdown) =
        values.iter().fold((1.0_f64, 1.0_f64, 0.0_f64), |(index, peak, drawdown), value| {
            let index = index * (1.0 + value);
            let peak = peak.max(index);
            (index, peak, drawdown.max((peak - index) / peak))
        });
    (index, drawdown)
}
