//! Makes a [`Summary`] of trades.

use ledger::Fraction;

use super::Summary;
use crate::amounts::over;
use crate::bootstrap;
use crate::dispersion::Spread;
use crate::drawdown::{Drawdown, max_drawdown};
use crate::error::StatisticsError;
use crate::estimate::MoneyEstimate;
use crate::multiples::Multiples;
use crate::options::Options;
use crate::ratio::Ratio;
use crate::tally::Tally;
use crate::time_in_market;
use crate::trades::Trades;
use crate::undefined::{Metric, Undefined};

/// The figures of closed trades.
pub fn summarize(trades: &Trades, options: &Options) -> Result<Summary, StatisticsError> {
    if options.breakeven_tolerance.is_negative() {
        return Err(StatisticsError::NegativeTolerance);
    }
    Ok(assemble(trades, options, &Tally::of(&trades.columns().net, &options.breakeven_tolerance)))
}

fn assemble(trades: &Trades, options: &Options, tally: &Tally) -> Summary {
    let columns = trades.columns();
    let multiples = Multiples::of(trades, options);
    let some_trades = tally.some_trades();
    let max_drawdown = max_drawdown(trades, options.opening_equity.as_ref());
    let spread = over!(columns.net, |values, unit| Spread::of(values, unit));
    let scores = tally.streaks.scores(tally.trades);
    let interval = bootstrap::money(&columns.net, options);
    Summary {
        trades: tally.trades,
        wins: tally.streaks.wins,
        losses: tally.streaks.losses,
        scratches: tally.scratches(),
        gross: columns.gross.sum(),
        net: tally.net.clone(),
        commissions: columns.commissions.sum(),
        fees: columns.fees.sum(),
        gross_profit: tally.gross_profit.clone(),
        gross_loss: tally.gross_loss.clone(),
        volume: columns.volume.sum(),
        win_rate: tally.win_rate(),
        win_rate_without_scratches: tally.win_rate_without_scratches(),
        profit_factor: tally.profit_factor(),
        payoff_ratio: tally.payoff_ratio(),
        expectancy: expectancy(tally, interval.as_ref().ok()),
        expectancy_interval: interval,
        expectancy_r: some_trades.and_then(|()| multiples.expectancy(options)),
        r_coverage: some_trades.map(|()| Ratio::of_counts(multiples.count, tally.trades)),
        average_win: tally.average_win(),
        average_loss: tally.average_loss(),
        largest_win: tally.largest_win(),
        largest_loss: tally.largest_loss(),
        longest_win_streak: tally.streaks.longest_win,
        longest_loss_streak: tally.streaks.longest_loss,
        recovery_factor: recovery_factor(&tally.net, &max_drawdown),
        max_drawdown,
        standard_deviation: spread.deviation,
        sqn: spread.quality,
        sqn_r: some_trades.and_then(|()| multiples.system_quality(u64::MAX)),
        sqn_r_100: some_trades.and_then(|()| multiples.system_quality(100)),
        kelly: tally.kelly(),
        z_score: scores.map(|scores| scores.vince),
        z_score_corrected: scores.map(|scores| scores.corrected),
        z_score_plain: scores.map(|scores| scores.plain),
        average_hold_seconds: time_in_market::average_hold_seconds(trades),
        exposure: time_in_market::exposure(trades),
    }
}

fn expectancy(tally: &Tally, interval: Option<&[Fraction; 2]>) -> Metric<MoneyEstimate> {
    let [low, high] = interval.map_or([None, None], |ends| ends.each_ref().map(|end| Some(end.clone())));
    Ok(MoneyEstimate { value: tally.expectancy()?, low, high, n: tally.trades })
}

fn recovery_factor(net: &Fraction, max_drawdown: &Metric<Drawdown>) -> Metric<Ratio> {
    let drawdown = max_drawdown.as_ref().map_err(|undefined| *undefined)?;
    Ratio::of(net, &drawdown.amount).ok_or(Undefined::NoDrawdown)
}
