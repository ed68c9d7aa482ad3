//! The formats that can be read.

use std::{fmt, str::FromStr};

/// A broker's or platform's export format. Its id is stable: clients and stored imports name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// Interactive Brokers Flex Query, XML.
    IbkrFlexXml,
    /// Tradovate "Position History", CSV of paired fills.
    TradovatePositionHistory,
    /// The documented CSV of this project.
    GenericCsv,
}

impl Format {
    /// Every format, in the order they are offered.
    pub const fn all() -> [Self; 3] {
        [Self::IbkrFlexXml, Self::TradovatePositionHistory, Self::GenericCsv]
    }

    /// The stable id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::IbkrFlexXml => "ibkr-flex-xml",
            Self::TradovatePositionHistory => "tradovate-position-history",
            Self::GenericCsv => "generic-csv",
        }
    }

    /// The name that people know.
    pub const fn name(self) -> &'static str {
        match self {
            Self::IbkrFlexXml => "Interactive Brokers Flex Query (XML)",
            Self::TradovatePositionHistory => "Tradovate Position History (CSV)",
            Self::GenericCsv => "Generic CSV",
        }
    }

    /// How to get such a file, in one sentence.
    pub const fn description(self) -> &'static str {
        match self {
            Self::IbkrFlexXml => {
                "Performance & Reports > Flex Queries: an Activity Flex Query in XML with the section Trades (level of \
                 detail: Executions), and Open Positions for reconciliation."
            }
            Self::TradovatePositionHistory => "Reports > Position History, downloaded as CSV.",
            Self::GenericCsv => {
                "date,time or timestamp,symbol,side,quantity,price[,commission,fees,currency,multiplier,execution_id,account]"
            }
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// No format has this id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no format is called {0:?}; known are ibkr-flex-xml, tradovate-position-history and generic-csv")]
pub struct UnknownFormat(String);

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(id: &str) -> Result<Self, UnknownFormat> {
        let found = Self::all().into_iter().find(|format| format.id() == id);
        found.ok_or_else(|| UnknownFormat(id.chars().take(64).collect()))
    }
}
