//! Civil days.

use ledger::{Day, Timestamp};
use proptest::prelude::*;

#[test]
fn a_day_is_written_as_iso_8601_writes_it() {
    let texts = [(0, "1970-01-01"), (-1, "1969-12-31"), (19_782, "2024-02-29"), (11_016, "2000-02-29")];

    for (days, text) in texts {
        assert_eq!(Day(days).to_string(), text);
    }
}

#[test]
fn a_day_that_the_calendar_does_not_have_is_none() {
    for (year, month, day) in
        [(2023, 2, 29), (1900, 2, 29), (2024, 4, 31), (2024, 0, 1), (2024, 13, 1), (2024, 1, 0)]
    {
        assert_eq!(Day::from_civil(year, month, day), None, "{year}-{month}-{day}");
    }
    assert_eq!(Day::from_civil(2000, 2, 29), Some(Day(11_016)));
    assert_eq!(Day::from_civil(i32::MAX, 1, 1), None);
    assert_eq!(Day::from_civil(2024, u32::MAX, u32::MAX), None);
}

#[test]
fn the_day_of_a_moment_begins_at_midnight_utc() {
    let day = 86_400_000_000_000;

    assert_eq!(Day::in_utc(Timestamp(day - 1)), Day(0));
    assert_eq!(Day::in_utc(Timestamp(day)), Day(1));
    assert_eq!(Day::in_utc(Timestamp(-1)), Day(-1));
    assert_eq!(Day::in_utc(Timestamp(i64::MIN)), Day(-106_752));
}

#[test]
fn days_stop_at_the_ends_of_the_calendar() {
    assert_eq!(Day(i32::MAX).plus(1), Day(i32::MAX));
    assert_eq!(Day(i32::MIN).since(Day(1)), i32::MIN);
}

proptest! {
    #[test]
    fn year_month_and_day_name_one_day(days: i32) {
        let (year, month, day) = Day(days).civil();

        prop_assert_eq!(Day::from_civil(year, month, day), Some(Day(days)));
    }

    #[test]
    fn days_follow_each_other(days in -1_000_000..1_000_000) {
        let (today, tomorrow) = (Day(days).civil(), Day(days).plus(1).civil());

        prop_assert!(tomorrow > today);
        prop_assert!(tomorrow.2 == 1 || (tomorrow.0, tomorrow.1, tomorrow.2 - 1) == today);
        prop_assert_eq!(Day(days).plus(1).since(Day(days)), 1);
    }
}
