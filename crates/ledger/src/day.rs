//! A civil day, for rules that count days rather than hours.

use std::fmt;

use crate::Timestamp;

const NANOSECONDS: i64 = 86_400 * 1_000_000_000;

/// A civil day of the Gregorian calendar: the days since 1970-01-01, below 0 before it.
///
/// The rules of taxes and of options speak of local days. Which day that is for a moment, the caller says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Day(pub i32);

impl Day {
    /// The day in UTC.
    pub fn in_utc(time: Timestamp) -> Self {
        // 64 bits of nanoseconds hold 213,504 days.
        Self(i32::try_from(time.0.div_euclid(NANOSECONDS)).unwrap_or_default())
    }

    /// The day with this year, month (1 to 12) and day of the month (from 1); `None` when the calendar has none.
    pub fn from_civil(year: i32, month: u32, day: u32) -> Option<Self> {
        // Howard Hinnant, "chrono-compatible low-level date algorithms": the year begins in March.
        let shifted = i64::from(year) - i64::from(month <= 2);
        let (era, of_era) = (shifted.div_euclid(400), shifted.rem_euclid(400));
        let of_year = (153 * ((i64::from(month) + 9) % 12) + 2) / 5 + i64::from(day) - 1;
        let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
        Some(Self(i32::try_from(days).ok()?)).filter(|found| found.civil() == (year, month, day))
    }

    /// Year, month and day of the month.
    pub fn civil(self) -> (i32, u32, u32) {
        let days = i64::from(self.0) + 719_468;
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let narrow = |number: i64| u32::try_from(number).unwrap_or_default();
        let year = era * 400 + year + i64::from(month <= 2);
        (
            i32::try_from(year).unwrap_or_default(),
            narrow(month),
            narrow(of_year - (153 * shifted + 2) / 5 + 1),
        )
    }

    /// So many days later; earlier below 0. It stops at the ends of the calendar, 5.8 million years away.
    #[must_use]
    pub const fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// The days from `earlier` to here.
    pub const fn since(self, earlier: Self) -> i32 {
        self.0.saturating_sub(earlier.0)
    }
}

impl fmt::Display for Day {
    /// As ISO 8601 writes it: `2024-03-20`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(formatter, "{year:04}-{month:02}-{day:02}")
    }
}
