//! Which trades statistics are asked of.

use crate::{problem::Problem, wire::parse_time};
use journal_proto::analytics::v1 as proto;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which closed trades count.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct StatisticsFilter {
    pub account_id: Option<String>,
    pub symbol: Option<String>,
    /// `long` or `short`.
    pub side: Option<String>,
    /// Closed at or after.
    pub from: Option<String>,
    /// Closed before.
    pub to: Option<String>,
    /// The currency with the most trades when absent.
    pub currency: Option<String>,
}

impl StatisticsFilter {
    pub fn into_filter(self) -> Result<Option<proto::Filter>, Problem> {
        Ok(Some(proto::Filter {
            account_id: self.account_id.unwrap_or_default(),
            symbol: self.symbol.unwrap_or_default(),
            side: self.side.unwrap_or_default(),
            from: parse_time("from", self.from.as_deref())?,
            to: parse_time("to", self.to.as_deref())?,
            currency: self.currency.unwrap_or_default(),
        }))
    }
}

/// Which closed trades count, and what they are grouped by.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct BreakdownFilter {
    /// `weekday`, `hour`, `symbol` or `side`.
    pub by: String,
    pub account_id: Option<String>,
    pub symbol: Option<String>,
    /// `long` or `short`.
    pub side: Option<String>,
    /// Closed at or after.
    pub from: Option<String>,
    /// Closed before.
    pub to: Option<String>,
    /// The currency with the most trades when absent.
    pub currency: Option<String>,
}

impl BreakdownFilter {
    pub fn into_request(self) -> Result<proto::GetBreakdownRequest, Problem> {
        let filter = StatisticsFilter {
            account_id: self.account_id,
            symbol: self.symbol,
            side: self.side,
            from: self.from,
            to: self.to,
            currency: self.currency,
        };
        Ok(proto::GetBreakdownRequest { filter: filter.into_filter()?, by: self.by })
    }
}
