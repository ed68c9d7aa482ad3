//! All figures of a course of sessions.

use ledger::Fraction;

use super::account::DailyOptions;
use super::course::Course;
use super::index::{Index, IndexFalls};
use super::k_ratio::{KRatios, k_ratios};
use super::returns::Returns;
use super::tails::Tails;
use super::{DailySummary, DayFall, money_weighted, sessions};
use crate::drawdown::falls;
use crate::multiples::balanced_sum;
use crate::ratio::{ProfitFactor, Ratio};
use crate::twofold::Twofold;
use crate::undefined::{Metric, Undefined};

/// Without a day.
pub(super) const fn nothing() -> DailySummary {
    undefined(Undefined::NoTrades)
}

/// Nothing but a reason.
const fn undefined(reason: Undefined) -> DailySummary {
    DailySummary {
        days: 0,
        days_won: 0,
        days_lost: 0,
        days_flat: 0,
        calendar_days: 0,
        under_one_year: true,
        end_equity: Err(reason),
        twr: Err(reason),
        mwr: Err(reason),
        cagr: Err(reason),
        volatility: Err(reason),
        sharpe: Err(reason),
        sortino: Err(reason),
        calmar: Err(reason),
        omega: Err(reason),
        max_drawdown: Err(reason),
        max_drawdown_share: Err(reason),
        longest_drawdown_sessions: Err(reason),
        longest_drawdown_days: Err(reason),
        ulcer: Err(reason),
        upi: Err(reason),
        recovery_factor: Err(reason),
        value_at_risk: Err(reason),
        expected_shortfall: Err(reason),
        tail_ratio: Err(reason),
        k_ratio_1996: Err(reason),
        k_ratio_2003: Err(reason),
        k_ratio_2013: Err(reason),
        best_day_share: Err(reason),
        best_day_of_limit: Err(reason),
        probabilistic_sharpe: Err(reason),
    }
}

/// Of the sessions of an account, of which the opening equity may be unknown.
pub(super) fn of(course: &Course, known: bool, options: &DailyOptions) -> DailySummary {
    let index = if known { Index::of(course) } else { Err(Undefined::NoOpeningEquity) };
    let returns = match index {
        Ok(index) => with_returns(course, &index, options),
        Err(reason) => undefined(reason),
    };
    let end_equity = if known { Ok(course.end_equity().clone()) } else { Err(Undefined::NoOpeningEquity) };
    with_money(course, options, DailySummary { end_equity, ..returns })
}

/// Adds what needs no equity.
fn with_money(course: &Course, options: &DailyOptions, summary: DailySummary) -> DailySummary {
    let steps: Vec<Fraction> = course.sessions.iter().map(|session| session.pnl.clone()).collect();
    let total: Fraction = steps.iter().sum();
    let best = steps.iter().max().cloned().unwrap_or_default();
    let counted = |sign: i32| {
        u64::try_from(steps.iter().filter(|step| step.signum() == sign).count()).unwrap_or(u64::MAX)
    };
    let calendar_days = sessions::span(course.period);
    let deepest = falls(&steps, 1, &Fraction::ZERO).deepest.ok_or(Undefined::NoDrawdown);
    let share_of = |whole: &Fraction| if whole.is_positive() { Ratio::of(&best, whole) } else { None };
    DailySummary {
        days: u64::try_from(steps.len()).unwrap_or(u64::MAX),
        days_won: counted(1),
        days_lost: counted(-1),
        days_flat: counted(0),
        calendar_days,
        under_one_year: calendar_days < 365,
        recovery_factor: deepest
            .as_ref()
            .map_err(|reason| *reason)
            .and_then(|fall| Ratio::of(&total, &fall.amount).ok_or(Undefined::NoDrawdown)),
        max_drawdown: deepest.map(|fall| DayFall {
            depth: fall.amount,
            from: course.date(fall.peak),
            to: course.date(fall.lowest),
            recovered_on: fall.recovery.map(|point| course.date(point)),
        }),
        best_day_share: share_of(&total).ok_or(Undefined::NoProfit),
        best_day_of_limit: match &options.day_limit {
            Some(limit) if best.is_positive() => share_of(limit).ok_or(Undefined::NoLimit),
            Some(_) => Err(Undefined::NoProfit),
            None => Err(Undefined::NoLimit),
        },
        ..summary
    }
}

fn with_returns(course: &Course, index: &Index, options: &DailyOptions) -> DailySummary {
    let (gains, losses) = gains_and_losses(course);
    let returns = Returns::of(course, options, gains == losses);
    let days = sessions::span(course.period);
    let a_year = if days < options.shortest_year { Err(Undefined::TooShort { days }) } else { Ok(()) };
    let logarithms: Vec<Twofold> = index.near().skip(1).map(Twofold::ln).collect();
    let k_ratios = k_ratios(&logarithms, options.periods_per_year);
    let falls = index.falls(course);
    let share = falls.deepest.map(|fall| index.share(fall)).ok_or(Undefined::NoDrawdown);
    let years = Twofold::from(i128::from(days) * 100) / Twofold::from(36_525_i128);
    let growth = (index.near().last().unwrap_or(Twofold::ONE).ln() / years).exp_m1();
    let ulcer = ulcer(index);
    let excess = (growth - Twofold::from(&options.risk_free)) * Twofold::new(100.0);
    let tails = Tails::of(course);
    DailySummary {
        twr: Ok(Ratio::new(index.end() - Fraction::from(1))),
        mwr: a_year.and_then(|()| money_weighted::of_account(course)),
        cagr: a_year.map(|()| growth.to_f64()),
        volatility: a_year.and_then(|()| returns.volatility()),
        sharpe: a_year.and_then(|()| returns.sharpe()),
        sortino: a_year.and_then(|()| returns.sortino()),
        calmar: a_year
            .and_then(|()| share.as_ref().map_err(|reason| *reason))
            .map(|share| (growth / Twofold::from(share)).to_f64()),
        omega: omega(&gains, &losses),
        max_drawdown_share: share.and_then(|depth| day_fall(depth, course, &falls)),
        longest_drawdown_sessions: Ok(u64::try_from(falls.longest).unwrap_or(u64::MAX)),
        longest_drawdown_days: Ok(u64::try_from(falls.longest_days).unwrap_or(0)),
        ulcer: Ok(ulcer.to_f64()),
        upi: a_year.and_then(|()| {
            if ulcer.is_zero() { Err(Undefined::NoDrawdown) } else { Ok((excess / ulcer).to_f64()) }
        }),
        value_at_risk: Ok(Ratio::new(tails.value_at_risk)),
        expected_shortfall: Ok(Ratio::new(tails.expected_shortfall)),
        tail_ratio: tails.ratio,
        probabilistic_sharpe: returns.probabilistic_sharpe(),
        ..with_k_ratios(k_ratios, a_year)
    }
}

fn with_k_ratios(ratios: Metric<KRatios>, a_year: Metric<()>) -> DailySummary {
    let base = undefined(Undefined::NoTrades);
    match ratios {
        Ok(ratios) => DailySummary {
            k_ratio_1996: Ok(ratios.kestner_1996),
            k_ratio_2003: Ok(ratios.kestner_2003),
            k_ratio_2013: match a_year {
                Ok(()) => Ok(ratios.kestner_2013),
                Err(reason) => Err(reason),
            },
            ..base
        },
        Err(reason) => DailySummary {
            k_ratio_1996: Err(reason),
            k_ratio_2003: Err(reason),
            k_ratio_2013: Err(reason),
            ..base
        },
    }
}

fn day_fall(depth: Fraction, course: &Course, falls: &IndexFalls) -> Metric<DayFall> {
    let fall = falls.deepest.ok_or(Undefined::NoDrawdown)?;
    Ok(DayFall {
        depth,
        from: course.date(fall.peak),
        to: course.date(fall.lowest),
        recovered_on: fall.recovery.map(|point| course.date(point)),
    })
}

/// The sums of the positive and of the negative returns, both without sign.
fn gains_and_losses(course: &Course) -> (Fraction, Fraction) {
    let side = |sign: i32| {
        let values = course.sessions.iter().filter(|session| session.value.signum() == sign);
        balanced_sum(&values.map(|session| session.value.clone()).collect::<Vec<_>>())
    };
    (side(1), -side(-1))
}

fn omega(gains: &Fraction, losses: &Fraction) -> Metric<ProfitFactor> {
    match Ratio::of(gains, losses) {
        Some(ratio) => Ok(ProfitFactor::Finite(ratio)),
        None if gains.is_positive() => Ok(ProfitFactor::Infinite),
        None => Err(Undefined::OnlyScratches),
    }
}

/// In percent; 0 exactly when the index never fell.
fn ulcer(index: &Index) -> Twofold {
    let (mut peak, mut squares, mut points) = (Twofold::ZERO, Twofold::ZERO, 0);
    for value in index.near() {
        peak = peak.max(value);
        squares = squares + (Twofold::new(100.0) * (peak - value) / peak).square();
        points += 1;
    }
    (squares / Twofold::count(points)).sqrt()
}
