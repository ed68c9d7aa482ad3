//! R-multiples: results in units of what was at stake.

use ledger::Decimal;

use crate::bootstrap;
use crate::closed_trade::ClosedTrade;
use crate::column::approximate;
use crate::dispersion;
use crate::estimate::Estimate;
use crate::options::Options;
use crate::ratio::same_quotient;
use crate::undefined::{Metric, Undefined};

/// The net amount of each trade with a stop, divided by its risk.
pub(crate) struct Multiples {
    values: Vec<f64>,
    /// Whether all are equal, decided on the exact amounts.
    constant: bool,
}

impl Multiples {
    /// `nets` are the net amounts of the same trades.
    pub(crate) fn of(trades: &[ClosedTrade], nets: &[f64]) -> Self {
        let planned: Vec<(Decimal, Decimal, f64)> = trades
            .iter()
            .zip(nets)
            .filter_map(|(trade, net)| Some((trade.net, trade.risk.filter(Decimal::is_positive)?, *net)))
            .collect();
        let constant = planned.first().is_some_and(|&(first, stake, _)| {
            planned.iter().all(|&(net, risk, _)| same_quotient((net, risk), (first, stake)))
        });
        Self { values: planned.iter().map(|&(_, risk, net)| net / approximate(risk)).collect(), constant }
    }

    fn count(&self) -> u64 {
        u64::try_from(self.values.len()).unwrap_or(u64::MAX)
    }

    /// Their mean with its bootstrap interval; `n` tells how many trades had a stop.
    pub(crate) fn expectancy(&self, options: &Options) -> Metric<Estimate> {
        if self.values.is_empty() {
            return Err(Undefined::NoRisk);
        }
        let [low, high] = bootstrap::plain(&self.values, options).map_or([None; 2], |ends| ends.map(Some));
        Ok(Estimate { value: dispersion::mean(&self.values), low, high, n: self.count() })
    }

    /// sqrt(n) x mean / standard deviation.
    pub(crate) fn system_quality(&self) -> Metric<f64> {
        if self.values.is_empty() {
            return Err(Undefined::NoRisk);
        }
        let deviation = dispersion::of_numbers(&self.values)?;
        let deviation = if self.constant { 0.0 } else { deviation };
        dispersion::system_quality(dispersion::mean(&self.values), Ok(deviation), self.count())
    }
}
