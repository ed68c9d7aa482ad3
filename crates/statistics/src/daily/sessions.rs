//! Which days count.

use std::collections::BTreeMap;

use ledger::Decimal;
use time::{Date, Weekday};

/// Days from the first to the last, both included.
pub(super) fn calendar_days(pnl: &BTreeMap<Date, Decimal>) -> u64 {
    match (pnl.first_key_value(), pnl.last_key_value()) {
        (Some((first, _)), Some((last, _))) => span(*first, *last),
        _ => 0,
    }
}

/// Mondays to Fridays from the first to the last day, and weekend days with P&L.
pub(super) fn count(pnl: &BTreeMap<Date, Decimal>) -> u64 {
    let (Some((first, _)), Some((last, _))) = (pnl.first_key_value(), pnl.last_key_value()) else { return 0 };
    let weekends = pnl.keys().filter(|day| is_weekend(day.weekday())).count();
    weekdays(*first, *last) + u64::try_from(weekends).unwrap_or(0)
}

fn span(first: Date, last: Date) -> u64 {
    u64::try_from((last - first).whole_days() + 1).unwrap_or(0)
}

fn weekdays(first: Date, last: Date) -> u64 {
    let days = span(first, last);
    let mut weekday = first.weekday();
    let mut rest = 0;
    for _ in 0..days % 7 {
        rest += u64::from(!is_weekend(weekday));
        weekday = weekday.next();
    }
    days / 7 * 5 + rest
}

const fn is_weekend(weekday: Weekday) -> bool {
    matches!(weekday, Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use ledger::Decimal;
    use time::Date;

    use super::{calendar_days, count};

    fn pnl(days: &[&str]) -> BTreeMap<Date, Decimal> {
        let format = time::macros::format_description!("[year]-[month]-[day]");
        days.iter().map(|day| (Date::parse(day, format).unwrap(), Decimal::ONE)).collect()
    }

    #[test]
    fn idle_weekdays_count_and_idle_weekends_do_not() {
        // Monday to the Friday of the week after.
        let days = pnl(&["2024-01-01", "2024-01-12"]);

        assert_eq!((count(&days), calendar_days(&days)), (10, 12));
    }

    #[test]
    fn a_weekend_with_trades_counts() {
        // Friday, Saturday, Monday.
        let days = pnl(&["2024-01-05", "2024-01-06", "2024-01-08"]);

        assert_eq!((count(&days), calendar_days(&days)), (3, 4));
    }

    #[test]
    fn one_day_and_no_day_count_as_such() {
        assert_eq!((count(&pnl(&["2024-01-06"])), calendar_days(&pnl(&["2024-01-06"]))), (1, 1));
        assert_eq!((count(&pnl(&[])), calendar_days(&pnl(&[]))), (0, 0));
    }
}
