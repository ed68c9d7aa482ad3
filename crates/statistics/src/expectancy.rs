//! What the next trade makes on average, in money.

use crate::bootstrap;
use crate::column::Column;
use crate::error::StatisticsError;
use crate::estimate::MoneyEstimate;
use crate::options::Options;
use crate::outcome::{Tally, defined};
use crate::ratio::{quotient, whole};
use crate::undefined::Metric;

/// The mean of all net amounts, scratches included, with its bootstrap interval.
pub(crate) fn expectancy(
    tally: &Tally,
    nets: &Column,
    options: &Options,
) -> Result<Metric<MoneyEstimate>, StatisticsError> {
    defined(tally.some_trades(), || {
        let value = quotient(tally.net, whole(tally.trades))?;
        let interval = bootstrap::money(nets, options)?;
        let [low, high] = interval.map_or([None, None], |ends| ends.map(Some));
        Ok(MoneyEstimate { value, low, high, n: tally.trades })
    })
}
