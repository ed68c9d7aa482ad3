//! R-multiples: results in units of what was at stake.

use ledger::Fraction;

use crate::amounts::{Amounts, Number, over};
use crate::bootstrap;
use crate::estimate::Estimate;
use crate::options::Options;
use crate::ratio::whole;
use crate::trades::Trades;
use crate::twofold::{Accumulator, Twofold};
use crate::undefined::{Metric, Undefined};
use crate::wilson::approximate;

/// The sums of net / risk over the trades with a stop.
pub(crate) struct Multiples {
    pub(crate) count: u64,
    /// Only where a bootstrap needs them.
    values: Vec<f64>,
    sum: Twofold,
    squares: Twofold,
    /// Whether all are equal, decided on the exact amounts.
    constant: bool,
}

impl Multiples {
    pub(crate) fn of(trades: &Trades, options: &Options) -> Self {
        let columns = trades.columns();
        let resampled = options.bootstrap_draws > 0 && trades.len() <= options.bootstrap_limit;
        let sums = over!(columns.net, |nets, net_unit| over!(columns.risk, |risks, risk_unit| sums(
            nets,
            risks,
            Twofold::from(risk_unit) / Twofold::from(net_unit),
            resampled
        )));
        let constant = sums.spread_is_small() && all_equal(trades);
        let even = sums.sum_is_small() && balanced_sum(&exact(trades).collect::<Vec<_>>()).is_zero();
        let sum = if even { Twofold::ZERO } else { sums.sum };
        Self { sum, constant, ..sums }
    }

    /// Whether gains and losses cancel so far that rounding may have made what is left.
    fn sum_is_small(&self) -> bool {
        let count = Twofold::new(approximate(self.count));
        self.sum.square().to_f64() <= 1e-40 * (self.squares * count).to_f64()
    }

    /// Whether the variance is so small that rounding may have made it.
    fn spread_is_small(&self) -> bool {
        let count = Twofold::new(approximate(self.count));
        let spread = self.squares * count - self.sum.square();
        spread.to_f64() <= 1e-20 * (self.squares * count).to_f64()
    }

    fn some(&self) -> Metric<()> {
        if self.count == 0 { Err(Undefined::NoRisk) } else { Ok(()) }
    }

    /// Their mean with its bootstrap interval; `n` tells how many trades had a stop.
    pub(crate) fn expectancy(&self, options: &Options) -> Metric<Estimate> {
        self.some()?;
        let value = (self.sum / Twofold::new(approximate(self.count))).to_f64();
        let [low, high] = bootstrap::plain(&self.values, options).map_or([None; 2], |ends| ends.map(Some));
        Ok(Estimate { value, low, high, n: self.count })
    }

    /// sqrt(min(n, most)) x mean / standard deviation.
    pub(crate) fn system_quality(&self, most: u64) -> Metric<f64> {
        self.some()?;
        if self.count < 2 {
            return Err(Undefined::TooFewTrades { needed: 2 });
        }
        if self.constant {
            return Err(Undefined::ZeroVariance);
        }
        let count = Twofold::new(approximate(self.count));
        let spread = (self.squares - self.sum.square() / count) / (count - Twofold::ONE);
        let scale = Twofold::new(approximate(self.count.min(most))).sqrt();
        Ok((scale * self.sum / count / spread.sqrt()).to_f64())
    }
}

fn sums<N: Number, R: Number>(nets: &[N], risks: &[R], scale: Twofold, resampled: bool) -> Multiples {
    let (mut count, mut values, none) = (0, Vec::new(), R::default());
    let (mut sum, mut squares) = (Accumulator::default(), Accumulator::default());
    for (net, risk) in nets.iter().zip(risks) {
        if *risk > none {
            let multiple = net.twofold().over(risk.twofold());
            count += 1;
            sum.add(multiple);
            squares.add(multiple.square());
            if resampled {
                values.push((multiple * scale).to_f64());
            }
        }
    }
    let (sum, squares) = (sum.total() * scale, squares.total() * scale.square());
    Multiples { count, values, sum, squares, constant: false }
}

/// Each R-multiple exactly, in the order of the trades with a stop.
pub fn r_multiples(trades: &Trades) -> Amounts {
    exact(trades).collect()
}

fn exact(trades: &Trades) -> impl Iterator<Item = Fraction> + '_ {
    let columns = trades.columns();
    columns
        .net
        .iter()
        .zip(columns.risk.iter())
        .filter_map(|(net, risk)| if risk.is_positive() { net.checked_div(&risk) } else { None })
}

fn all_equal(trades: &Trades) -> bool {
    let mut multiples = exact(trades);
    let first = multiples.next();
    multiples.all(|multiple| Some(&multiple) == first.as_ref())
}

/// The exact mean of net / risk over the trades with a stop. With many different risks the quotient grows very
/// long: [`Summary::expectancy_r`](crate::Summary::expectancy_r) has 16 digits of it at once.
pub fn exact_expectancy_r(trades: &Trades) -> Metric<Fraction> {
    let multiples: Vec<Fraction> = exact(trades).collect();
    let count = u64::try_from(multiples.len()).unwrap_or(u64::MAX);
    balanced_sum(&multiples).checked_div(&whole(count)).ok_or(Undefined::NoRisk)
}

/// The sum, halves first: terms of many denominators stay short for longer.
pub(crate) fn balanced_sum(values: &[Fraction]) -> Fraction {
    match values {
        [] => Fraction::ZERO,
        [value] => value.clone(),
        _ => {
            let (left, right) = values.split_at(values.len() / 2);
            balanced_sum(left) + balanced_sum(right)
        }
    }
}

/// The product, halves first.
pub(crate) fn balanced_product(values: &[Fraction]) -> Fraction {
    match values {
        [] => Fraction::from(1),
        [value] => value.clone(),
        _ => {
            let (left, right) = values.split_at(values.len() / 2);
            balanced_product(left) * balanced_product(right)
        }
    }
}
