//! What the days of a set of trades came to, as a message.

use super::convert::{NoteBook, money, profit_factor};
use journal_proto::analytics::v1::{DailyFigures, DayFall};
use statistics::{DailyOptions, DailySummary};

/// Decimals of a depth that is a share.
const DEPTH_SCALE: u32 = 10;

/// Notes are called `daily.<field>`.
pub(super) fn told(daily: &DailySummary, options: &DailyOptions, notes: &mut NoteBook) -> DailyFigures {
    DailyFigures {
        days: daily.days,
        days_won: daily.days_won,
        days_lost: daily.days_lost,
        days_flat: daily.days_flat,
        calendar_days: daily.calendar_days,
        under_one_year: daily.under_one_year,
        end_equity: notes.defined("daily.end_equity", daily.end_equity.clone()).map(|amount| money(&amount)),
        twr: notes.defined("daily.twr", daily.twr.clone()).map(|ratio| ratio.to_f64()),
        mwr: notes.defined("daily.mwr", daily.mwr).map(|mwr| mwr.rate),
        cagr: notes.defined("daily.cagr", daily.cagr),
        volatility: notes.defined("daily.volatility", daily.volatility),
        sharpe: notes.defined("daily.sharpe", daily.sharpe),
        sortino: notes.defined("daily.sortino", daily.sortino),
        calmar: notes.defined("daily.calmar", daily.calmar),
        omega: notes.defined("daily.omega", daily.omega.clone()).map(profit_factor),
        max_drawdown: notes
            .defined("daily.max_drawdown", daily.max_drawdown.clone())
            .map(|fall| told_fall(&fall)),
        max_drawdown_share: notes
            .defined("daily.max_drawdown_share", daily.max_drawdown_share.clone())
            .map(|fall| told_fall(&fall)),
        longest_drawdown_sessions: notes
            .defined("daily.longest_drawdown_sessions", daily.longest_drawdown_sessions),
        longest_drawdown_days: notes.defined("daily.longest_drawdown_days", daily.longest_drawdown_days),
        ulcer: notes.defined("daily.ulcer", daily.ulcer),
        upi: notes.defined("daily.upi", daily.upi),
        recovery_factor: notes
            .defined("daily.recovery_factor", daily.recovery_factor.clone())
            .map(|ratio| ratio.to_f64()),
        value_at_risk: notes
            .defined("daily.value_at_risk", daily.value_at_risk.clone())
            .map(|ratio| ratio.to_f64()),
        expected_shortfall: notes
            .defined("daily.expected_shortfall", daily.expected_shortfall.clone())
            .map(|ratio| ratio.to_f64()),
        tail_ratio: notes.defined("daily.tail_ratio", daily.tail_ratio.clone()).map(|ratio| ratio.to_f64()),
        k_ratio_1996: notes.defined("daily.k_ratio_1996", daily.k_ratio_1996),
        k_ratio_2003: notes.defined("daily.k_ratio_2003", daily.k_ratio_2003),
        k_ratio_2013: notes.defined("daily.k_ratio_2013", daily.k_ratio_2013),
        best_day_share: notes
            .defined("daily.best_day_share", daily.best_day_share.clone())
            .map(|ratio| ratio.to_f64()),
        probabilistic_sharpe: notes.defined("daily.probabilistic_sharpe", daily.probabilistic_sharpe),
        sessions_per_year: options.periods_per_year,
        mwr_has_several_roots: daily.mwr.as_ref().is_ok_and(|mwr| mwr.several_roots),
    }
}

fn told_fall(fall: &statistics::DayFall) -> DayFall {
    DayFall {
        depth: fall.depth.round_half_even(DEPTH_SCALE).to_string(),
        from: fall.from.to_string(),
        to: fall.to.to_string(),
        recovered_on: fall.recovered_on.map(|day| day.to_string()).unwrap_or_default(),
    }
}
