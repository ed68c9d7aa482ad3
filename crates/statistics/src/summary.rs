//! [`Summary`]: the figures of a set of closed trades.

use ledger::{Decimal, Fraction};

use crate::closed_trade::ClosedTrade;
use crate::column::Column;
use crate::drawdown::{Drawdown, max_drawdown};
use crate::error::StatisticsError;
use crate::estimate::{Estimate, MoneyEstimate};
use crate::multiples::Multiples;
use crate::options::Options;
use crate::outcome::{Outcome, Tally};
use crate::ratio::{ProfitFactor, Ratio, to_f64};
use crate::undefined::Metric;
#[cfg(doc)]
use crate::undefined::Undefined;
use crate::{dispersion, expectancy, streaks, time_in_market};

/// What a set of closed trades came to. Money is in the one currency of the trades.
///
/// Sums and counts always exist; everything else is a [`Metric`] and is [`Undefined::NoTrades`] for no trades.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// Closed trades (count).
    pub trades: u64,
    /// Trades with net > tolerance (count).
    pub wins: u64,
    /// Trades with net < -tolerance (count).
    pub losses: u64,
    /// Trades with |net| <= tolerance (count).
    pub scratches: u64,
    /// Sum of the gross amounts, before costs (money).
    pub gross: Decimal,
    /// Sum of the net amounts, after costs (money).
    pub net: Decimal,
    /// Sum of the commissions, a cost above 0 (money).
    pub commissions: Decimal,
    /// Sum of the fees, a cost above 0 (money).
    pub fees: Decimal,
    /// Sum of the net amounts of the wins (money, 0 without a win).
    pub gross_profit: Decimal,
    /// Sum of the net amounts of the losses without its sign (money, 0 without a loss).
    pub gross_loss: Decimal,
    /// Sum of the quantities bought and sold (units of the instruments).
    pub volume: Decimal,
    /// wins / trades (share), with the Wilson interval of [`crate::wilson`]. Scratches count as not won.
    pub win_rate: Metric<Estimate>,
    /// wins / (wins + losses) (share). [`Undefined::OnlyScratches`] when there is neither.
    pub win_rate_without_scratches: Metric<Ratio>,
    /// `gross_profit / gross_loss` (ratio): infinite with wins and no loss, 0 with losses and no win,
    /// [`Undefined::OnlyScratches`] with neither.
    pub profit_factor: Metric<ProfitFactor>,
    /// Average win / -average loss (ratio). Needs a win and a loss.
    pub payoff_ratio: Metric<Ratio>,
    /// net / trades (money per trade), scratches included, with a bootstrap interval: 95 %, percentile, exact;
    /// without one for a single trade and above [`crate::BOOTSTRAP_LIMIT`] trades.
    pub expectancy: Metric<MoneyEstimate>,
    /// Mean of net / risk over the trades with a risk (R), with a bootstrap interval. `n` tells how many those are;
    /// [`Undefined::NoRisk`] when none. Source: Tharp, "Trade Your Way to Financial Freedom".
    pub expectancy_r: Metric<Estimate>,
    /// `gross_profit / wins` (money). Needs a win.
    pub average_win: Metric<Fraction>,
    /// -`gross_loss` / losses (money, below 0). Needs a loss.
    pub average_loss: Metric<Fraction>,
    /// The largest net amount of a win (money). Needs a win.
    pub largest_win: Metric<Decimal>,
    /// The smallest net amount of a loss (money, below 0). Needs a loss.
    pub largest_loss: Metric<Decimal>,
    /// The most wins in a row, in the order of closing (count). A scratch ends a streak.
    pub longest_win_streak: u64,
    /// The most losses in a row, in the order of closing (count). A scratch ends a streak.
    pub longest_loss_streak: u64,
    /// The deepest fall of cumulative net P&L below an earlier peak, the start included.
    /// [`Undefined::NoDrawdown`] when it never fell, which may be shown as 0.
    pub max_drawdown: Metric<Drawdown>,
    /// net / max drawdown (ratio); keeps the sign of net. [`Undefined::NoDrawdown`] when there is none.
    pub recovery_factor: Metric<Ratio>,
    /// Standard deviation of the net amounts as a sample, n - 1 (money). Needs two trades; 0 when all are equal.
    pub standard_deviation: Metric<f64>,
    /// System quality number of the net amounts, sqrt(trades) x expectancy / standard deviation (ratio). Needs two
    /// trades that differ; says little under 30.
    pub sqn: Metric<f64>,
    /// The same of the R-multiples, as its author has it: Tharp, "Definitive Guide to Position Sizing". Needs two
    /// trades with a risk.
    pub sqn_r: Metric<f64>,
    /// The share of the equity that maximises growth, p - (1 - p) / payoff with p = wins / (wins + losses); below 0
    /// when the trades lose. Needs a win and a loss. Source: Kelly, "A new interpretation of information rate", 1956.
    pub kelly: Metric<Ratio>,
    /// Whether wins and losses cluster: (N (R - 0.5) - P) / sqrt(P (P - N) / (N - 1)) with N = wins + losses,
    /// P = 2 x wins x losses, R = runs; scratches left out (standard deviations). Below 0: streaks, above 0:
    /// alternation. Needs a win, a loss and a third; says little under 30. The always added half is the form of
    /// Vince, "Portfolio Management Formulas", 1990.
    pub z_score: Metric<f64>,
    /// Mean of last fill - first fill (seconds).
    pub average_hold_seconds: Metric<Ratio>,
    /// Time with an open trade / time from the first opening to the last closing (share); overlaps count once.
    /// [`Undefined::NoDuration`] when that time is 0.
    pub exposure: Metric<Ratio>,
}

/// The figures of these trades, which come in the order of closing: by `closed_at`, then account, symbol and number.
///
/// Open trades do not take part: the caller leaves them out. All amounts are of one currency: the caller sees to it.
pub fn summarize(trades: &[ClosedTrade], options: &Options) -> Result<Summary, StatisticsError> {
    validate(trades, options)?;
    let outcomes: Vec<Outcome> =
        trades.iter().map(|trade| Outcome::of(trade.net, options.breakeven_tolerance)).collect();
    let tally = Tally::of(trades, &outcomes)?;
    assemble(trades, options, &outcomes, &tally)
}

fn assemble(
    trades: &[ClosedTrade],
    options: &Options,
    outcomes: &[Outcome],
    tally: &Tally,
) -> Result<Summary, StatisticsError> {
    let nets = Column::new(&trades.iter().map(|trade| trade.net).collect::<Vec<_>>());
    let multiples = Multiples::of(trades, &nets.to_f64s());
    let expectancy = expectancy::expectancy(tally, &nets, options)?;
    let standard_deviation = tally.some_trades().and(dispersion::of_amounts(&nets)?);
    let max_drawdown = max_drawdown(trades, options.opening_equity)?;
    Ok(Summary {
        trades: tally.trades,
        wins: tally.wins,
        losses: tally.losses,
        scratches: tally.scratches,
        gross: tally.gross,
        net: tally.net,
        commissions: tally.commissions,
        fees: tally.fees,
        gross_profit: tally.gross_profit,
        gross_loss: tally.gross_loss,
        volume: tally.volume,
        win_rate: tally.win_rate(),
        win_rate_without_scratches: tally.win_rate_without_scratches()?,
        profit_factor: tally.profit_factor()?,
        payoff_ratio: tally.payoff_ratio()?,
        expectancy: expectancy.clone(),
        expectancy_r: tally.some_trades().and_then(|()| multiples.expectancy(options)),
        average_win: tally.average_win()?,
        average_loss: tally.average_loss()?,
        largest_win: tally.largest_win(),
        largest_loss: tally.largest_loss(),
        longest_win_streak: streaks::longest(outcomes, Outcome::Win),
        longest_loss_streak: streaks::longest(outcomes, Outcome::Loss),
        max_drawdown,
        recovery_factor: recovery_factor(tally.net, max_drawdown)?,
        standard_deviation,
        sqn: system_quality(&expectancy, standard_deviation),
        sqn_r: tally.some_trades().and_then(|()| multiples.system_quality()),
        kelly: tally.kelly()?,
        z_score: streaks::z_score(outcomes),
        average_hold_seconds: time_in_market::average_hold_seconds(trades)?,
        exposure: time_in_market::exposure(trades)?,
    })
}

fn validate(trades: &[ClosedTrade], options: &Options) -> Result<(), StatisticsError> {
    if options.breakeven_tolerance.is_negative() {
        return Err(StatisticsError::NegativeTolerance);
    }
    let mut previous = None;
    for (index, trade) in trades.iter().enumerate() {
        if trade.closed_at < trade.opened_at {
            return Err(StatisticsError::ClosedBeforeOpened { index });
        }
        if previous.replace(trade.closed_at) > Some(trade.closed_at) {
            return Err(StatisticsError::OutOfOrder { index });
        }
    }
    Ok(())
}

fn recovery_factor(net: Decimal, max_drawdown: Metric<Drawdown>) -> Result<Metric<Ratio>, StatisticsError> {
    match max_drawdown {
        Ok(drawdown) => Ratio::new(net, drawdown.amount).map(Ok),
        Err(undefined) => Ok(Err(undefined)),
    }
}

fn system_quality(expectancy: &Metric<MoneyEstimate>, standard_deviation: Metric<f64>) -> Metric<f64> {
    match expectancy {
        Ok(mean) => dispersion::system_quality(to_f64(&mean.value), standard_deviation, mean.n),
        Err(undefined) => Err(*undefined),
    }
}
