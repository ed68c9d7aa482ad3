//! One execution as a file tells it.

use ledger::{Decimal, Side, Timestamp};
use std::fmt;

/// What kind of instrument was traded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AssetClass {
    /// A share or fund.
    Stock,
    /// An option.
    Option,
    /// A futures contract.
    Future,
    /// A currency pair.
    Forex,
    /// A coin.
    Crypto,
    /// A contract for difference.
    Cfd,
    /// A bond.
    Bond,
    /// The file does not say.
    Unknown,
}

impl AssetClass {
    /// The word for it: `stock`, `option`, `future`, `forex`, `crypto`, `cfd`, `bond`, `unknown`.
    pub const fn as_text(self) -> &'static str {
        match self {
            Self::Stock => "stock",
            Self::Option => "option",
            Self::Future => "future",
            Self::Forex => "forex",
            Self::Crypto => "crypto",
            Self::Cfd => "cfd",
            Self::Bond => "bond",
            Self::Unknown => "unknown",
        }
    }
}

/// What gave a time its zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimeSource {
    /// The row itself carries an offset.
    RowOffset,
    /// The user named this IANA zone for the import.
    UserSetting(String),
    /// The format's default zone was assumed.
    BrokerDefault(String),
}

impl TimeSource {
    /// E.g. `row-offset`, `user-setting:Europe/Berlin`, `broker-default:America/New_York`.
    pub fn as_text(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for TimeSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RowOffset => f.write_str("row-offset"),
            Self::UserSetting(zone) => write!(f, "user-setting:{zone}"),
            Self::BrokerDefault(zone) => write!(f, "broker-default:{zone}"),
        }
    }
}

/// One execution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedFill {
    /// The file's line, from 1.
    pub line: u64,
    /// What tells this execution from all others of the account.
    pub execution_id: String,
    /// The broker's account, where the file names it.
    pub account: Option<String>,
    /// As the broker writes it, white space collapsed.
    pub symbol: String,
    /// What kind of instrument.
    pub asset_class: AssetClass,
    /// Bought or sold.
    pub side: Side,
    /// Positive.
    pub quantity: Decimal,
    /// May be zero or negative.
    pub price: Decimal,
    /// Positive: charged. Negative: a rebate.
    pub commission: Decimal,
    /// Other fees and taxes; positive: charged.
    pub fees: Decimal,
    /// Of price, commission and fees.
    pub currency: String,
    /// Money per point of price and unit of quantity.
    pub multiplier: Decimal,
    /// When it was executed.
    pub executed_at: Timestamp,
    /// The broker's order among executions of one time.
    pub sequence: i64,
    /// The time as the file writes it.
    pub time_text: String,
    /// What gave the time its zone.
    pub time_source: TimeSource,
}
