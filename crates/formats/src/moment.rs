//! A point in time as a file tells it: read, but with its text kept, so that it can be read again in another zone.

use ledger::Timestamp;
use std::{fmt, sync::Arc};

/// What gave a time its zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimeSource {
    /// The row itself carries an offset.
    RowOffset,
    /// The column's name carries this zone, for all rows.
    HeaderName(Arc<str>),
    /// The format is defined to be in UTC.
    Utc,
    /// The user named this IANA zone for the import.
    UserSetting(Arc<str>),
    /// The format's default zone was assumed.
    BrokerDefault(Arc<str>),
}

impl TimeSource {
    /// E.g. `row-offset`, `header-name:edt`, `utc`, `user-setting:Europe/Berlin`, `broker-default:America/New_York`.
    pub fn as_text(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for TimeSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RowOffset => f.write_str("row-offset"),
            Self::HeaderName(zone) => write!(f, "header-name:{zone}"),
            Self::Utc => f.write_str("utc"),
            Self::UserSetting(zone) => write!(f, "user-setting:{zone}"),
            Self::BrokerDefault(zone) => write!(f, "broker-default:{zone}"),
        }
    }
}

/// Why a local time is not surely one point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeDoubt {
    /// The clocks jumped over it: read as if they had not jumped yet, an hour later on the clock.
    Gap,
    /// The clocks showed it twice: read as the first.
    Fold,
}

impl TimeDoubt {
    /// A sentence for people.
    pub const fn as_text(self) -> &'static str {
        match self {
            Self::Gap => "the clocks jumped over this time: it is read as an hour later",
            Self::Fold => "the clocks showed this time twice: it is read as the first",
        }
    }
}

/// A point in time as a file tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The point in time; of a date alone, its first moment.
    pub at: Timestamp,
    /// As the file writes it.
    pub text: String,
    /// What gave it its zone.
    pub source: TimeSource,
    /// Why it is not sure.
    pub doubt: Option<TimeDoubt>,
    /// The file gives a date and no time of day.
    pub date_only: bool,
}
