//! The days of a tax year.

use super::View;
use crate::domain::invalid::Invalid;
use ledger::Day;

/// A tax year, or all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Year {
    days: Option<(Day, Day)>,
}

impl Year {
    /// Of the US a calendar year, of the UK from 6 April to the next 5 April; 0: all years.
    pub fn parse(view: View, year: i32) -> Result<Self, Invalid> {
        if year == 0 {
            return Ok(Self { days: None });
        }
        let days = match view {
            _ if !(1900..=2200).contains(&year) => None,
            View::UsWashSales => Day::from_civil(year, 1, 1).zip(Day::from_civil(year, 12, 31)),
            View::UkShareMatching => Day::from_civil(year, 4, 6).zip(Day::from_civil(year + 1, 4, 5)),
        };
        let days = days.ok_or_else(|| Invalid::new("year", "must be a year from 1900 to 2200"))?;
        Ok(Self { days: Some(days) })
    }

    /// Whether a day is in it.
    pub fn holds(self, day: Day) -> bool {
        self.days.is_none_or(|(first, last)| first <= day && day <= last)
    }

    /// Its first and its last day.
    pub const fn days(self) -> Option<(Day, Day)> {
        self.days
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_british_year_begins_on_6_april() {
        let year = Year::parse(View::UkShareMatching, 2025).unwrap();

        let held = [(2025, 4, 5), (2025, 4, 6), (2026, 4, 5), (2026, 4, 6)]
            .map(|(year, month, day)| Day::from_civil(year, month, day).unwrap())
            .map(|day| year.holds(day));
        assert_eq!(held, [false, true, true, false]);
    }

    #[test]
    fn an_american_year_is_that_of_the_calendar_and_none_is_all() {
        let year = Year::parse(View::UsWashSales, 2025).unwrap();
        let all = Year::parse(View::UsWashSales, 0).unwrap();
        let (last, next) = (Day::from_civil(2025, 12, 31).unwrap(), Day::from_civil(2026, 1, 1).unwrap());

        assert_eq!([year.holds(last), year.holds(next), all.holds(next)], [true, false, true]);
        assert!(Year::parse(View::UsWashSales, 1).is_err());
        assert!(Year::parse(View::UsWashSales, i32::MAX).is_err());
    }
}
