//! What trades are grouped by.

mod bands;

use super::{Filter, WEEKDAYS, filter::Band};
use crate::error::Error;
use ledger::Timestamp;
use statistics::{Calendar, DayPart};

/// Times are those of the closing: the hour on its account's clock, days and months of the trading day, so that a breakdown
/// adds up to the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dimension {
    Symbol,
    Side,
    /// A trade counts in the row of each of its tags.
    Tag,
    Account,
    Hour,
    Weekday,
    Month,
    HoldTime,
    Size,
    Price,
    AssetClass,
    Outcome,
    RMultiple,
    /// The part of the market's day, by the account's session calendar.
    Session,
    /// By id: its name may change.
    Playbook,
    /// How well its trader found it traded.
    Rating,
    /// A trade counts in the row of each of its mistakes.
    Mistake,
}

/// A group: its place among the others, and what it is called.
pub(crate) type Key = (usize, String);

/// What a trade without a tag, another label, an asset class, a price, a risk or a calendar with hours is called.
const NONE: &str = "none";

impl Dimension {
    pub fn parse(name: &str) -> Result<Self, Error> {
        Ok(match name {
            "symbol" => Self::Symbol,
            "side" => Self::Side,
            "tag" => Self::Tag,
            "account" => Self::Account,
            "hour" => Self::Hour,
            "weekday" => Self::Weekday,
            "month" => Self::Month,
            "hold_time" => Self::HoldTime,
            "size" => Self::Size,
            "price" => Self::Price,
            "asset_class" => Self::AssetClass,
            "outcome" => Self::Outcome,
            "r_multiple" => Self::RMultiple,
            "session" => Self::Session,
            "playbook" => Self::Playbook,
            "rating" => Self::Rating,
            "mistake" => Self::Mistake,
            _ => {
                return Err(Error::Invalid {
                    field: "by",
                    expected: "must be symbol, side, tag, account, hour, weekday, month, hold_time, size, price, \
                               asset_class, outcome, r_multiple, session, playbook, rating or mistake",
                });
            }
        })
    }

    /// The groups of a trade, given what [`crate::db::groups`] read for this dimension.
    pub fn keys(self, read: &[Option<String>]) -> Vec<Key> {
        let mut values = read.iter().flatten();
        match self {
            Self::Tag | Self::Mistake => {
                let words: Vec<Key> = values.map(|word| (0, word.to_lowercase())).collect();
                if words.is_empty() { vec![(1, NONE.to_owned())] } else { words }
            }
            Self::RMultiple => vec![bands::r_multiple(values.next(), values.next())],
            Self::Session => vec![session(values.next(), values.next())],
            Self::Symbol
            | Self::Side
            | Self::Account
            | Self::Hour
            | Self::Weekday
            | Self::Month
            | Self::HoldTime
            | Self::Size
            | Self::Price
            | Self::AssetClass
            | Self::Outcome
            | Self::Playbook
            | Self::Rating => vec![self.key(values.next().map_or("", String::as_str))],
        }
    }

    fn key(self, value: &str) -> Key {
        let number = || value.parse::<usize>().unwrap_or_default();
        match self {
            Self::Hour | Self::Month => (number(), format!("{:02}", number())),
            Self::Weekday => {
                let name = WEEKDAYS.get(number().saturating_sub(1)).copied().unwrap_or(NONE);
                (number(), name.to_owned())
            }
            Self::HoldTime => bands::HOLD_TIME.key(value),
            Self::Size => bands::SIZE.key(value),
            Self::Price => bands::PRICE.key(value),
            Self::Outcome => match value {
                "1" => (0, "win".to_owned()),
                "-1" => (1, "loss".to_owned()),
                _ => (2, "scratch".to_owned()),
            },
            Self::Symbol
            | Self::Side
            | Self::Tag
            | Self::Account
            | Self::AssetClass
            | Self::RMultiple
            | Self::Session
            | Self::Playbook
            | Self::Rating
            | Self::Mistake => {
                if value.is_empty() {
                    (1, NONE.to_owned())
                } else {
                    (0, value.to_owned())
                }
            }
        }
    }

    /// True where a trade's result decides its group: such a group wins or loses by definition, and not by luck.
    pub const fn is_of_results(self) -> bool {
        matches!(self, Self::Outcome | Self::RMultiple)
    }

    /// True where a trade may stand in several rows: then these add up to more than the whole.
    pub const fn overlaps(self) -> bool {
        matches!(self, Self::Tag | Self::Mistake)
    }

    /// Whether labels decide a trade's group.
    pub fn asks_labels(name: &str) -> bool {
        matches!(Self::parse(name), Ok(Self::Playbook | Self::Rating | Self::Mistake))
    }

    /// The filter without what it says of this dimension, if it says something: the rows that a user looked away from.
    pub fn relaxed(self, filter: &Filter) -> Option<Filter> {
        let mut all = filter.clone();
        let is_set = match self {
            Self::Symbol => !std::mem::take(&mut all.symbols).is_empty(),
            Self::Side => all.side.take().is_some(),
            Self::Tag => !std::mem::take(&mut all.tags).is_empty(),
            Self::Playbook => !std::mem::take(&mut all.playbook_ids).is_empty(),
            Self::Rating => !std::mem::take(&mut all.ratings).is_empty(),
            Self::Mistake => !std::mem::take(&mut all.mistakes).is_empty(),
            Self::Account => !std::mem::take(&mut all.account_ids).is_empty(),
            Self::Hour => !std::mem::take(&mut all.hours).is_empty(),
            Self::Weekday => !std::mem::take(&mut all.weekdays).is_empty(),
            Self::Month => !std::mem::take(&mut all.months).is_empty(),
            Self::HoldTime => was_set(&mut all.hold),
            Self::Size => was_set(&mut all.size),
            Self::Price => was_set(&mut all.price),
            Self::AssetClass => !std::mem::take(&mut all.asset_classes).is_empty(),
            Self::Outcome | Self::RMultiple | Self::Session => false,
        };
        is_set.then_some(all)
    }
}

/// The part of the day that a calendar of this id has at so many microseconds since 1970.
fn session(calendar: Option<&String>, microseconds: Option<&String>) -> Key {
    let at = microseconds.and_then(|text| text.parse::<i64>().ok()).and_then(|at| at.checked_mul(1_000));
    let calendar = calendar.and_then(|id| Calendar::by_id(id));
    let part = calendar.zip(at).and_then(|(calendar, at)| calendar.part_of(Timestamp(at)));
    let (place, name) = match part {
        Some(DayPart::PreMarket) => (0, "pre_market"),
        Some(DayPart::Regular) => (1, "regular"),
        Some(DayPart::AfterHours) => (2, "after_hours"),
        Some(DayPart::Closed) => (3, "closed"),
        None => (4, NONE),
    };
    (place, name.to_owned())
}

fn was_set<T>(band: &mut Band<T>) -> bool {
    let Band { min, max } = std::mem::take(band);
    min.is_some() || max.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(dimension: Dimension, read: &[&str]) -> Vec<String> {
        let read: Vec<Option<String>> = read.iter().map(|&value| Some(value.to_owned())).collect();
        dimension.keys(&read).into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn each_value_has_its_group() {
        assert_eq!(keys(Dimension::Weekday, &["7"]), ["sunday"]);
        assert_eq!(keys(Dimension::Hour, &["9"]), ["09"]);
        assert_eq!(keys(Dimension::Tag, &["Gap", "news"]), ["gap", "news"]);
        assert_eq!(keys(Dimension::Tag, &[]), ["none"]);
        assert_eq!(keys(Dimension::AssetClass, &[""]), ["none"]);
        assert_eq!(keys(Dimension::Mistake, &["No stop", "late"]), ["no stop", "late"]);
        assert_eq!(keys(Dimension::Mistake, &[]), ["none"]);
        assert_eq!(keys(Dimension::Rating, &["5"]), ["5"]);
        assert_eq!(Dimension::Rating.keys(&[None]), [(1, "none".to_owned())]);
        assert_eq!(Dimension::Playbook.keys(&[None]), [(1, "none".to_owned())]);
    }

    #[test]
    fn the_session_is_that_of_the_accounts_calendar() {
        // 2024-07-03 12:59 and 13:00 in New York: the market closed early.
        assert_eq!(keys(Dimension::Session, &["us-equities", "1720025940000000"]), ["regular"]);
        assert_eq!(keys(Dimension::Session, &["us-equities", "1720026000000000"]), ["after_hours"]);
        assert_eq!(keys(Dimension::Session, &["cme", "1720026000000000"]), ["none"]);
        assert_eq!(keys(Dimension::Session, &["", "1720026000000000"]), ["none"]);
    }

    #[test]
    fn bands_hold_their_lower_bound() {
        assert_eq!(keys(Dimension::HoldTime, &["59.999"]), ["<1m"]);
        assert_eq!(keys(Dimension::HoldTime, &["60.000000"]), ["1m-5m"]);
        assert_eq!(keys(Dimension::Size, &["0.5"]), ["<1"]);
        assert_eq!(keys(Dimension::Size, &["10000"]), [">=10000"]);
        assert_eq!(keys(Dimension::Price, &["-37.63"]), ["<0"]);
        assert_eq!(keys(Dimension::RMultiple, &["-150", "100"]), ["-2R..-1R"]);
        assert_eq!(keys(Dimension::RMultiple, &["300", "100"]), [">=3R"]);
        assert_eq!(keys(Dimension::RMultiple, &["300"]), ["none"]);
    }

    #[test]
    fn relaxing_drops_only_what_is_asked() {
        let filter =
            Filter { symbols: vec!["AAPL".to_owned()], side: Some("long".to_owned()), ..Filter::default() };

        let relaxed = Dimension::Symbol.relaxed(&filter).unwrap();

        assert!(relaxed.symbols.is_empty() && relaxed.side.is_some());
        assert!(Dimension::Hour.relaxed(&filter).is_none());
    }
}
