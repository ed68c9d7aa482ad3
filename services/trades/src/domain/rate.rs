//! Dated exchange rates: what one unit of a currency is worth in another, from a time on.

mod cursor;

use super::{account, amounts, instant, invalid::Invalid};
use ledger::Decimal;
use time::{Duration, OffsetDateTime};

/// Rates of one request.
pub const MOST_AT_ONCE: usize = 10_000;
/// Rates of one user.
pub const MOST: i64 = 100_000;

/// A rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Which one it is.
    pub key: RateKey,
    /// What one unit of the first currency is worth in the second; above 0.
    pub rate: Decimal,
    /// Who says so.
    pub source: Source,
}

/// What names a rate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RateKey {
    /// The currencies.
    pub pair: Pair,
    /// From when on, to the microsecond.
    pub valid_from: OffsetDateTime,
}

/// From one currency to another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// What is exchanged.
    pub from: String,
    /// For what.
    pub to: String,
}

/// Who says what a rate is. Of rates of one time the first of these counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// The user.
    User,
    /// A broker's file.
    Broker,
}

impl Pair {
    /// Two different currencies.
    pub fn parse(from: &str, to: &str) -> Result<Self, Invalid> {
        let pair = Self { from: currency("from", from)?, to: currency("to", to)? };
        if pair.from == pair.to {
            return Err(Invalid::new("to", "must be another currency than from"));
        }
        Ok(pair)
    }

    /// The way back.
    #[must_use]
    pub fn turned(&self) -> Self {
        Self { from: self.to.clone(), to: self.from.clone() }
    }
}

impl Rate {
    /// A rate that its user states.
    pub fn stated(pair: Pair, valid_from: OffsetDateTime, rate: &str) -> Result<Self, Invalid> {
        let key = RateKey { pair, valid_from: held("valid_from", valid_from)? };
        Ok(Self { key, rate: amounts::positive("rate", rate)?, source: Source::User })
    }
}

impl Rate {
    /// A rate that a broker's file tells; `None` when it is none that can be kept.
    pub fn told(from: &str, to: &str, valid_from: OffsetDateTime, rate: Decimal) -> Option<Self> {
        let key =
            RateKey { pair: Pair::parse(from, to).ok()?, valid_from: held("valid_from", valid_from).ok()? };
        rate.is_positive().then_some(Self { key, rate, source: Source::Broker })
    }
}

impl Source {
    /// Its name in the database and for callers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Broker => "broker",
        }
    }

    /// The source of a name that [`Source::name`] wrote.
    pub fn of(name: &str) -> Option<Self> {
        [Self::User, Self::Broker].into_iter().find(|source| source.name() == name)
    }
}

/// A currency, in the field of this name.
pub fn currency(field: &'static str, text: &str) -> Result<String, Invalid> {
    account::currency(text).map_err(|refused| Invalid { field, ..refused })
}

/// The microsecond of a time that the ledger can hold: two rates must not fall on one that it bounds.
fn held(field: &'static str, time: OffsetDateTime) -> Result<OffsetDateTime, Invalid> {
    let stored = instant::stored(time);
    if time - stored < Duration::microseconds(1) && time >= stored {
        Ok(stored)
    } else {
        Err(Invalid::new(field, "must be a time between the years 1678 and 2261"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(from: &str, to: &str, rate: &str) -> Result<Rate, &'static str> {
        let stated = Pair::parse(from, to).and_then(|pair| {
            Rate::stated(pair, OffsetDateTime::UNIX_EPOCH + Duration::nanoseconds(1_999), rate)
        });
        stated.map_err(|invalid| invalid.field)
    }

    #[test]
    fn a_rate_is_exact_and_above_zero_between_two_currencies() {
        let rate = stated("EUR", "USD", "1.08340000000000000001").unwrap();

        assert_eq!(rate.rate.to_string(), "1.08340000000000000001");
        assert_eq!(rate.key.valid_from, OffsetDateTime::UNIX_EPOCH + Duration::microseconds(1));
        for wrong in ["0", "-1", "", "NaN", "1,2", &"9".repeat(400)] {
            assert_eq!(stated("EUR", "USD", wrong), Err("rate"), "{wrong:?}");
        }
        assert_eq!(stated("eur", "USD", "1"), Err("from"));
        assert_eq!(stated("EUR", "$", "1"), Err("to"));
        assert_eq!(stated("EUR", "EUR", "1"), Err("to"));
    }

    #[test]
    fn a_time_beyond_those_of_the_ledger_is_refused() {
        for seconds in [-62_135_596_800, 253_402_300_799] {
            let time = OffsetDateTime::from_unix_timestamp(seconds).unwrap();
            assert!(held("valid_from", time).is_err(), "{time}");
        }
    }

    #[test]
    fn a_source_is_found_by_its_name() {
        for source in [Source::User, Source::Broker] {
            assert_eq!(Source::of(source.name()), Some(source));
        }
        assert_eq!(Source::of("bank"), None);
    }
}
