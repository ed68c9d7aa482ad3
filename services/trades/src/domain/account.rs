//! Accounts: whose books the fills stand in, and the zone in which their days are counted.

use super::{ids::AccountId, invalid::Invalid, text};
use jiff::tz::TimeZone;
use ledger::{Decimal, Method};
use statistics::Calendar;
use time::OffsetDateTime;

/// A broker account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// What its owner calls it; unique among the owner's accounts.
    pub name: String,
    /// The broker's name; may be empty.
    pub broker: String,
    /// ISO 4217 code or coin symbol.
    pub currency: String,
    /// IANA name.
    pub time_zone: String,
    /// Which open lot a closing fill closes first.
    pub matching: Method,
    /// The id of the calendar that says which days are trading days; empty: Mondays to Fridays.
    pub session_calendar: String,
    /// What the account held before its first fill, when its owner said so.
    pub opening_balance: Option<Decimal>,
    /// When it was created.
    pub created_at: OffsetDateTime,
    /// Grows with every change of the account itself.
    pub version: i64,
    /// Grows with every rebuild of its trades.
    pub revision: i64,
}

impl Account {
    /// The zone of its days.
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC)
    }
}

/// Changes to an account; `None` leaves as is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountChange {
    /// Its new name.
    pub name: Option<String>,
    /// Its new broker.
    pub broker: Option<String>,
    /// Its new time zone.
    pub time_zone: Option<String>,
    /// Its new opening balance, or that it has none.
    pub opening_balance: Option<Option<Decimal>>,
    /// Its new calendar, or (empty) that it has none.
    pub session_calendar: Option<String>,
    /// Its new method: what is open has to be matched again.
    pub matching: Option<Method>,
}

impl AccountChange {
    /// Makes the change; tells whether it made a difference.
    pub fn apply(self, account: &mut Account) -> bool {
        let before = account.clone();
        account.name = self.name.unwrap_or_else(|| before.name.clone());
        account.broker = self.broker.unwrap_or_else(|| before.broker.clone());
        account.time_zone = self.time_zone.unwrap_or_else(|| before.time_zone.clone());
        account.opening_balance = self.opening_balance.unwrap_or(before.opening_balance);
        account.session_calendar = self.session_calendar.unwrap_or_else(|| before.session_calendar.clone());
        account.matching = self.matching.unwrap_or(before.matching);
        *account != before
    }
}

/// A name of 1 to 100 characters.
pub fn name(text: &str) -> Result<String, Invalid> {
    text::required_line("name", text, 100)
}

/// A broker's name of at most 100 characters.
pub fn broker(text: &str) -> Result<String, Invalid> {
    text::line("broker", text, 100)
}

/// 3 to 10 capital letters and digits.
pub fn currency(text: &str) -> Result<String, Invalid> {
    let known = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    if (3..=10).contains(&text.len()) && text.chars().all(known) {
        return Ok(text.to_owned());
    }
    Err(Invalid::new("currency", "must be 3 to 10 capital letters or digits, such as USD or BTC"))
}

/// The IANA name of a time zone, as the tz database writes it.
pub fn time_zone(text: &str) -> Result<String, Invalid> {
    let zone = TimeZone::get(text).ok();
    let name = zone.as_ref().and_then(TimeZone::iana_name).map(str::to_owned);
    name.ok_or_else(|| Invalid::new("time_zone", "must be an IANA time zone, such as America/New_York"))
}

/// `fifo` (also when nothing is said), `lifo` or `average`.
pub fn matching(text: &str) -> Result<Method, Invalid> {
    match text {
        "" | "fifo" => Ok(Method::Fifo),
        "lifo" => Ok(Method::Lifo),
        "average" => Ok(Method::Average),
        _ => Err(Invalid::new("matching", "must be fifo, lifo or average")),
    }
}

/// The id of a session calendar; empty: none.
pub fn session_calendar(id: &str) -> Result<String, Invalid> {
    if id.is_empty() || Calendar::by_id(id).is_some() {
        return Ok(id.to_owned());
    }
    let ids: Vec<&str> = Calendar::all().iter().map(Calendar::id).collect();
    Err(Invalid::new("session_calendar", format!("must be one of {}", ids.join(", "))))
}

/// The name of a method.
pub const fn matching_name(method: Method) -> &'static str {
    match method {
        Method::Fifo => "fifo",
        Method::Lifo => "lifo",
        Method::Average => "average",
    }
}

/// A decimal; empty: none.
pub fn opening_balance(text: &str) -> Result<Option<Decimal>, Invalid> {
    if text.is_empty() {
        return Ok(None);
    }
    let expected = "must be a decimal number, such as 25000.50";
    text.parse().map(Some).map_err(|_| Invalid::new("opening_balance", expected))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_is_upper_case() {
        assert_eq!(currency("USD"), Ok("USD".to_owned()));
        assert_eq!(currency("1INCH"), Ok("1INCH".to_owned()));
        for wrong in ["", "US", "usd", "US D", "ÜSD", "ABCDEFGHIJK", "US\0"] {
            assert_eq!(currency(wrong).unwrap_err().field, "currency", "{wrong:?}");
        }
    }

    #[test]
    fn a_time_zone_stands_in_the_tz_database() {
        assert_eq!(time_zone("America/New_York"), Ok("America/New_York".to_owned()));
        assert_eq!(time_zone("europe/zurich"), Ok("Europe/Zurich".to_owned()));
        for wrong in ["", "Mars/Olympus", "+02:00", "../../etc/passwd", "UTC\0"] {
            assert_eq!(time_zone(wrong).unwrap_err().field, "time_zone", "{wrong:?}");
        }
    }

    #[test]
    fn a_method_is_found_by_the_name_that_it_is_stored_under() {
        for method in [Method::Fifo, Method::Lifo, Method::Average] {
            assert_eq!(matching(matching_name(method)), Ok(method));
        }
        assert_eq!(matching(""), Ok(Method::Fifo));
        assert_eq!(matching("hifo").unwrap_err().field, "matching");
    }

    #[test]
    fn an_opening_balance_is_an_exact_decimal_or_absent() {
        assert_eq!(opening_balance("-0.10").unwrap().unwrap().to_string(), "-0.1");
        assert_eq!(opening_balance(""), Ok(None));
        for wrong in ["NaN", "1,000", "abc", "1e999999"] {
            assert!(opening_balance(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_session_calendar_is_one_of_those_that_there_are() {
        assert_eq!(session_calendar("cme"), Ok("cme".to_owned()));
        assert_eq!(session_calendar(""), Ok(String::new()));
        let refused = session_calendar("lse").unwrap_err();
        assert!(refused.expected.contains("us-equities"), "{refused}");
    }

    #[test]
    fn a_change_that_changes_nothing_says_so() {
        let mut account = Account {
            id: AccountId(uuid::Uuid::nil()),
            name: "Main".to_owned(),
            broker: String::new(),
            currency: "USD".to_owned(),
            time_zone: "UTC".to_owned(),
            matching: Method::Fifo,
            session_calendar: String::new(),
            opening_balance: Some(Decimal::ONE),
            created_at: OffsetDateTime::UNIX_EPOCH,
            version: 1,
            revision: 0,
        };

        let same = AccountChange { name: Some("Main".to_owned()), ..AccountChange::default() };
        assert!(!same.apply(&mut account));

        let cleared = AccountChange { opening_balance: Some(None), ..AccountChange::default() };
        assert!(cleared.apply(&mut account));
        assert_eq!(account.opening_balance, None);
    }
}
