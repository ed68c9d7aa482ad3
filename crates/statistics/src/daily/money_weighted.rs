//! The money-weighted return: the rate at which all payments come to nothing.

use ledger::Fraction;
use time::Date;

use super::course::Course;
use crate::twofold::Twofold;
use crate::undefined::{Metric, Undefined};

/// The lowest and the highest rate looked at.
const RANGE: (f64, f64) = (-0.999_999, 1e6);

/// A money-weighted return of a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MoneyWeighted {
    /// The rate: 0.1 is 10 % a year, ACT/365.
    pub rate: f64,
    /// Whether the payments change their direction more than once, so that other rates may explain them as well.
    pub several_roots: bool,
}

/// Payments from the investor's view: days since the first one, deposits below 0, withdrawals and the end above.
struct Payments(Vec<(i64, Fraction)>);

/// The rate of an account whose opening equity was paid in on the first day and whose end is paid out on the last.
pub(super) fn of_account(course: &Course) -> Metric<MoneyWeighted> {
    let (first, last) = course.period;
    let since = |date: Date| (date - first).whole_days();
    let mut payments = vec![(0, -&course.opening)];
    let mut before = &course.opening;
    for session in &course.sessions {
        if session.moved {
            payments.push((since(session.date), before - &session.base));
        }
        before = &session.equity;
    }
    payments.push((since(last), course.end_equity().clone()));
    rate(payments)
}

/// The rate of any payments.
pub(super) fn rate(payments: Vec<(i64, Fraction)>) -> Metric<MoneyWeighted> {
    let payments = Payments(payments.into_iter().filter(|(_, amount)| !amount.is_zero()).collect());
    let signs: Vec<bool> = payments.0.iter().map(|(_, amount)| amount.is_positive()).collect();
    let changes = signs.windows(2).filter(|pair| pair.first() != pair.last()).count();
    if changes == 0 {
        return Err(Undefined::NoRate);
    }
    let near: Vec<(Twofold, Twofold)> = payments
        .0
        .iter()
        .map(|(days, amount)| (Twofold::from(*days) / Twofold::new(365.0), Twofold::from(amount)))
        .collect();
    let rough = bisect(&near).ok_or(Undefined::NoRate)?;
    Ok(MoneyWeighted { rate: refine(&near, rough), several_roots: changes > 1 })
}

/// Halves the range 80 times, always keeping the part whose ends differ in sign from the lower end on.
fn bisect(payments: &[(Twofold, Twofold)]) -> Option<f64> {
    let value = |rate: f64| present_value(payments, rate);
    let (mut low, mut high) = RANGE;
    let lowest = value(low);
    if lowest * value(high) > 0.0 {
        return None;
    }
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        if lowest * value(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(f64::midpoint(low, high))
}

/// Of the sign of the sum of `amount x (1 + rate)^-years`; scaled by the last payment's factor where that is large.
fn present_value(payments: &[(Twofold, Twofold)], rate: f64) -> f64 {
    let last = payments.last().map_or(0.0, |(years, _)| years.to_f64());
    let from = if rate < 0.0 { last } else { 0.0 };
    let growth = rate.ln_1p();
    let value =
        |(years, amount): &(Twofold, Twofold)| amount.to_f64() * (growth * (from - years.to_f64())).exp();
    crate::dispersion::sum(payments.iter().map(value)).clamp(-1e100, 1e100)
}

/// Newton's method on ln(1 + rate), which keeps the digits of a rate near 0.
fn refine(payments: &[(Twofold, Twofold)], rough: f64) -> f64 {
    let mut growth = Twofold::new(rough.ln_1p());
    for _ in 0..4 {
        let (mut value, mut slope) = (Twofold::ZERO, Twofold::ZERO);
        for (years, amount) in payments {
            let present = *amount * (-(growth * *years)).exp();
            value = value + present;
            slope = slope - present * *years;
        }
        if slope.is_zero() || value.is_zero() {
            break;
        }
        growth = growth - value / slope;
    }
    growth.exp_m1().to_f64()
}

#[cfg(test)]
mod tests {
    use ledger::Fraction;

    use super::rate;
    use crate::undefined::Undefined;

    fn payments(list: &[(i64, &str)]) -> Vec<(i64, Fraction)> {
        list.iter().map(|(days, amount)| (*days, amount.parse().unwrap())).collect()
    }

    #[test]
    fn the_stored_example_has_its_rate() {
        // 2024-01-01, 2024-07-01, 2025-01-01.
        let found = rate(payments(&[(0, "-1000"), (182, "-500"), (366, "1650")])).unwrap();

        assert!((found.rate / 0.120_205_776_502_225_44 - 1.0).abs() < 1e-13, "{found:?}");
        assert!(!found.several_roots);
    }

    #[test]
    fn a_rate_near_zero_keeps_its_digits() {
        let found = rate(payments(&[(0, "-1000000000000"), (365, "1000000000001")])).unwrap();

        assert!((found.rate / 1e-12 - 1.0).abs() < 1e-14);
    }

    #[test]
    fn payments_one_way_have_no_rate() {
        assert_eq!(rate(payments(&[(0, "-1"), (9, "0"), (10, "-5")])), Err(Undefined::NoRate));
        assert_eq!(rate(payments(&[])), Err(Undefined::NoRate));
    }

    #[test]
    fn payments_to_and_fro_are_flagged() {
        assert!(
            rate(payments(&[(0, "-100"), (365, "230"), (730, "-131")]))
                .is_ok_and(|found| found.several_roots)
                || rate(payments(&[(0, "-100"), (365, "230"), (730, "-131")])) == Err(Undefined::NoRate)
        );
        assert!(rate(payments(&[(0, "-100"), (30, "60"), (60, "-10"), (400, "80")])).unwrap().several_roots);
    }
}
