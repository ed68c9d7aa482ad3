//! The figures under the names of the reference, with nothing held back for shortness.
//!
//! `docs/metrics.md` has one name for each figure; scenarios in JSON have another, shorter one. This is where the two
//! meet, so that anybody can compare results.

use ledger::Fraction;

use crate::daily::{DailyAccount, DailyOptions, DailySummary, DayFall, daily};
use crate::error::StatisticsError;
use crate::multiples::exact_expectancy_r;
use crate::options::Options;
use crate::ratio::{ProfitFactor, Ratio};
use crate::summary::{Summary, summarize};
use crate::trades::Trades;
use crate::undefined::Metric;

/// A figure as a scenario has it.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A whole number.
    Count(u64),
    /// An exact number: a finite decimal or `n/d` as text.
    Exact(Fraction),
    /// A number with a root, a power or a logarithm in it.
    Float(f64),
    /// The ends of an interval.
    Interval([Fraction; 2]),
    /// No loss to divide by.
    Infinite,
    /// There is none.
    Null,
}

/// Figures by the names of the reference, in its order.
pub type Named = Vec<(&'static str, Value)>;

/// What a figure is in a scenario.
trait Figure {
    fn value(&self) -> Value;
}

impl Figure for u64 {
    fn value(&self) -> Value {
        Value::Count(*self)
    }
}

impl Figure for f64 {
    fn value(&self) -> Value {
        Value::Float(*self)
    }
}

impl Figure for Fraction {
    fn value(&self) -> Value {
        Value::Exact(self.clone())
    }
}

impl Figure for Ratio {
    fn value(&self) -> Value {
        self.exact().value()
    }
}

impl Figure for ProfitFactor {
    fn value(&self) -> Value {
        match self {
            Self::Finite(ratio) => ratio.value(),
            Self::Infinite => Value::Infinite,
        }
    }
}

impl Figure for [Fraction; 2] {
    fn value(&self) -> Value {
        Value::Interval(self.clone())
    }
}

impl<T: Figure> Figure for Metric<T> {
    fn value(&self) -> Value {
        self.as_ref().map_or(Value::Null, Figure::value)
    }
}

/// `trade_metrics` of the reference: `expectancy_ci95` only where the options ask for draws and two trades closed,
/// figures in R only where a trade has a stop.
pub fn reference_metrics(trades: &Trades, options: &Options) -> Result<Named, StatisticsError> {
    let summary = summarize(trades, options)?;
    let mut named = counts_and_sums(&summary);
    named.extend(ratios(&summary, options));
    let expectancy_r = exact_expectancy_r(trades);
    if expectancy_r.is_ok() {
        named.extend([
            ("expectancy_r", expectancy_r.value()),
            ("sqn_r", summary.sqn_r.value()),
            ("sqn_r_100", summary.sqn_r_100.value()),
        ]);
    }
    if summary.expectancy_interval.is_ok() {
        named.push(("expectancy_ci95", summary.expectancy_interval.value()));
    }
    Ok(named)
}

fn counts_and_sums(summary: &Summary) -> Named {
    vec![
        ("n", summary.trades.value()),
        ("wins", summary.wins.value()),
        ("losses", summary.losses.value()),
        ("breakeven", summary.scratches.value()),
        ("net", summary.net.value()),
        ("gross", summary.gross.value()),
        ("fees", Value::Exact(&summary.commissions + &summary.fees)),
        ("gross_profit", summary.gross_profit.value()),
        ("gross_loss", summary.gross_loss.value()),
    ]
}

fn ratios(summary: &Summary, options: &Options) -> Named {
    let fall = summary.max_drawdown.as_ref();
    let win_rate = summary.win_rate.map(|_| Ratio::of_counts(summary.wins, summary.trades));
    let expectancy = summary.expectancy.as_ref().map_or(Value::Null, |mean| mean.value.value());
    // Of a curve that never fell the reference says 0.
    let share = match (&options.opening_equity, fall) {
        (Some(equity), Ok(fall)) if !equity.is_zero() => fall.share.value(),
        (Some(equity), Err(_)) if !equity.is_zero() => Value::Exact(Fraction::ZERO),
        _ => Value::Null,
    };
    vec![
        ("win_rate", win_rate.value()),
        ("win_rate_ex_be", summary.win_rate_without_scratches.value()),
        ("profit_factor", summary.profit_factor.value()),
        ("expectancy", expectancy),
        ("avg_win", summary.average_win.value()),
        ("avg_loss", summary.average_loss.value()),
        ("payoff", summary.payoff_ratio.value()),
        ("largest_win", summary.largest_win.value()),
        ("largest_loss", summary.largest_loss.value()),
        ("max_wins_in_row", summary.longest_win_streak.value()),
        ("max_losses_in_row", summary.longest_loss_streak.value()),
        ("stdev", summary.standard_deviation.value()),
        ("sqn_pnl", summary.sqn.value()),
        ("kelly", summary.kelly.value()),
        ("z_score", summary.z_score.value()),
        ("max_dd", fall.map_or(Value::Exact(Fraction::ZERO), |fall| fall.amount.value())),
        ("max_dd_frac", share),
        ("max_dd_trades", fall.map_or(0, |fall| fall.longest_trades).value()),
        ("recovery_factor", summary.recovery_factor.value()),
        ("avg_hold_s", summary.average_hold_seconds.value()),
        ("exposure", summary.exposure.value()),
    ]
}

/// `daily_metrics` of the reference, which projects any period onto a year; `psr0` only where it exists.
pub fn reference_daily(account: &DailyAccount<'_>, options: &DailyOptions) -> Named {
    let summary = daily(account, &DailyOptions { shortest_year: 0, ..options.clone() });
    let mut named = growth(&summary);
    named.extend(losses(&summary));
    if let Ok(probability) = summary.probabilistic_sharpe {
        // The reference makes it as (1 + erf) / 2, which leaves the smallest probabilities few digits.
        let error_function = 2.0 * probability - 1.0;
        named.push(("psr0", Value::Float(f64::midpoint(1.0, error_function))));
    }
    named
}

fn growth(summary: &DailySummary) -> Named {
    vec![
        ("days", summary.days.value()),
        ("twr", summary.twr.value()),
        ("mwr_xirr", summary.mwr.map_or(Value::Null, |found| Value::Float(found.rate))),
        ("end_equity", summary.end_equity.value()),
        ("cagr", summary.cagr.value()),
        ("vol_ann", summary.volatility.value()),
        ("sharpe", summary.sharpe.value()),
        ("sortino", summary.sortino.value()),
        ("calmar", summary.calmar.value()),
        ("omega", summary.omega.value()),
    ]
}

fn losses(summary: &DailySummary) -> Named {
    // Of a curve that never fell the reference says 0.
    let depth = |fall: &Metric<DayFall>| match fall {
        Ok(fall) => Value::Exact(fall.depth.clone()),
        Err(crate::Undefined::NoDrawdown) => Value::Exact(Fraction::ZERO),
        Err(_) => Value::Null,
    };
    vec![
        ("max_dd", depth(&summary.max_drawdown)),
        ("max_dd_frac", depth(&summary.max_drawdown_share)),
        ("dd_sessions", summary.longest_drawdown_sessions.value()),
        ("dd_calendar_days", summary.longest_drawdown_days.value()),
        ("ulcer", summary.ulcer.value()),
        ("upi", summary.upi.value()),
        ("recovery_factor", summary.recovery_factor.value()),
        ("var95", summary.value_at_risk.value()),
        ("cvar95", summary.expected_shortfall.value()),
        ("tail_ratio", summary.tail_ratio.value()),
        ("k_1996", summary.k_ratio_1996.value()),
        ("k_2003", summary.k_ratio_2003.value()),
        ("k_2013", summary.k_ratio_2013.value()),
        ("best_day_share", summary.best_day_share.value()),
        ("days_won", summary.days_won.value()),
        ("days_lost", summary.days_lost.value()),
        ("days_flat", summary.days_flat.value()),
    ]
}
