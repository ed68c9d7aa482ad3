//! [`Zone`]: where a day begins and ends.

use jiff::tz::TimeZone;
use ledger::Timestamp;
use time::{Date, OffsetDateTime, Time};

/// A time zone with its history of daylight saving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// There is no time zone of this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no time zone {0:?}; zones are named like America/New_York")]
pub struct UnknownZone(String);

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(TimeZone::UTC);

    /// The zone of this name in the tz database of IANA, such as `America/New_York`; the database is compiled in.
    pub fn named(name: &str) -> Result<Self, UnknownZone> {
        TimeZone::get(name).map(Self).map_err(|_| UnknownZone(name.to_owned()))
    }

    /// Its name in the tz database.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The date and the time of day that clocks show there.
    pub(super) fn local(&self, at: Timestamp) -> (Date, Time) {
        let nanoseconds = i128::from(at.0);
        // Every 64-bit number of nanoseconds is a time that both crates know.
        let instant = jiff::Timestamp::from_nanosecond(nanoseconds).unwrap_or_default();
        let ahead = i128::from(self.0.to_offset(instant).seconds()) * 1_000_000_000;
        let local = OffsetDateTime::from_unix_timestamp_nanos(nanoseconds + ahead);
        let local = local.unwrap_or(OffsetDateTime::UNIX_EPOCH);
        (local.date(), local.time())
    }
}
