//! Fills (executions) as JSON.

use super::{Time, parse_time, required_time};
use crate::problem::Problem;
use journal_proto::trades::v1 as proto;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Serialize, ToSchema)]
pub(crate) struct Fill {
    pub id: String,
    pub account_id: String,
    /// The broker's id of the execution; made from the row's content where the file has none.
    pub execution_id: String,
    pub symbol: String,
    pub asset_class: String,
    /// `buy` or `sell`.
    pub side: String,
    pub quantity: String,
    pub price: String,
    /// Positive: charged. Negative: a rebate.
    pub commission: String,
    pub fees: String,
    pub currency: String,
    pub multiplier: String,
    pub executed_at: Time,
    /// The time as the file wrote it.
    pub time_text: String,
    /// What gave the time its zone.
    pub time_source: String,
    pub import_id: String,
    /// The line of the imported file.
    pub line: u64,
}

impl From<proto::Fill> for Fill {
    fn from(fill: proto::Fill) -> Self {
        Self {
            id: fill.id,
            account_id: fill.account_id,
            execution_id: fill.execution_id,
            symbol: fill.symbol,
            asset_class: fill.asset_class,
            side: fill.side,
            quantity: fill.quantity,
            price: fill.price,
            commission: fill.commission,
            fees: fill.fees,
            currency: fill.currency,
            multiplier: fill.multiplier,
            executed_at: required_time(fill.executed_at),
            time_text: fill.time_text,
            time_source: fill.time_source,
            import_id: fill.import_id,
            line: fill.line,
        }
    }
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct FillFilter {
    pub account_id: Option<String>,
    pub symbol: Option<String>,
    pub import_id: Option<String>,
    /// Executed at or after.
    pub from: Option<String>,
    /// Executed before.
    pub to: Option<String>,
    /// 1..200, 50 when absent.
    pub limit: Option<u32>,
    /// The previous page's `next_cursor`.
    pub cursor: Option<String>,
}

impl FillFilter {
    pub fn into_request(self) -> Result<proto::ListFillsRequest, Problem> {
        Ok(proto::ListFillsRequest {
            page: super::page(self.limit, self.cursor)?,
            account_id: self.account_id.unwrap_or_default(),
            symbol: self.symbol.unwrap_or_default(),
            import_id: self.import_id.unwrap_or_default(),
            from: parse_time("from", self.from.as_deref())?,
            to: parse_time("to", self.to.as_deref())?,
        })
    }
}
