//! Fills (executions) as JSON.

use super::{Time, parse_time, required_time, some, time};
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
    /// Null: entered by hand.
    pub import_id: Option<String>,
    /// The line of the imported file.
    pub line: u64,
    /// It was taken back and counts in no trade.
    pub voided: bool,
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
            import_id: some(fill.import_id),
            line: fill.line,
            voided: fill.voided,
        }
    }
}

/// A fill entered by hand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewFill {
    pub account_id: String,
    /// `fill` (the default), or `opening`: a lot that was there before the first imported execution.
    pub kind: Option<String>,
    /// Made by the server when absent.
    pub execution_id: Option<String>,
    pub symbol: String,
    /// E.g. `stock`, `option`, `future`, `crypto`; `unknown` when absent.
    pub asset_class: Option<String>,
    /// `buy` or `sell`.
    pub side: String,
    pub quantity: String,
    /// Of one unit; of an opening lot, what it cost.
    pub price: String,
    /// Positive: charged. 0 when absent.
    pub commission: Option<String>,
    pub fees: Option<String>,
    /// The account's when absent.
    pub currency: Option<String>,
    /// Money per point of price and unit of quantity; 1 when absent.
    pub multiplier: Option<String>,
    #[schema(example = "2026-01-05T14:30:00Z")]
    pub executed_at: String,
}

impl NewFill {
    pub fn into_request(self) -> Result<proto::CreateFillRequest, Problem> {
        Ok(proto::CreateFillRequest {
            executed_at: parse_time("executed_at", Some(&self.executed_at))?,
            account_id: self.account_id,
            kind: self.kind.unwrap_or_default(),
            execution_id: self.execution_id.unwrap_or_default(),
            symbol: self.symbol,
            asset_class: self.asset_class.unwrap_or_default(),
            side: self.side,
            quantity: self.quantity,
            price: self.price,
            commission: self.commission.unwrap_or_default(),
            fees: self.fees.unwrap_or_default(),
            currency: self.currency.unwrap_or_default(),
            multiplier: self.multiplier.unwrap_or_default(),
        })
    }
}

/// New details of a fill: only what is present changes. What was stated before is kept, with the reason.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FillCorrection {
    /// Why; shown beside the old details.
    pub reason: String,
    pub symbol: Option<String>,
    /// `buy` or `sell`.
    pub side: Option<String>,
    pub quantity: Option<String>,
    pub price: Option<String>,
    pub commission: Option<String>,
    pub fees: Option<String>,
    pub currency: Option<String>,
    pub multiplier: Option<String>,
    pub executed_at: Option<String>,
}

impl FillCorrection {
    pub fn into_request(self, fill_id: String) -> Result<proto::CorrectFillRequest, Problem> {
        Ok(proto::CorrectFillRequest {
            fill_id,
            executed_at: parse_time("executed_at", self.executed_at.as_deref())?,
            reason: self.reason,
            symbol: self.symbol,
            side: self.side,
            quantity: self.quantity,
            price: self.price,
            commission: self.commission,
            fees: self.fees,
            currency: self.currency,
            multiplier: self.multiplier,
        })
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FillVoid {
    /// Why; shown beside the fill's details.
    pub reason: String,
}

/// One thing that was said about a fill. Details that it did not state are null.
#[derive(Serialize, ToSchema)]
pub(crate) struct FillRecord {
    /// `report` (a file told it like this), `correction` or `bust`.
    pub kind: String,
    pub record_id: String,
    /// Null: by hand.
    pub import_id: Option<String>,
    pub line: u64,
    pub made_at: Time,
    pub reason: Option<String>,
    pub symbol: Option<String>,
    pub side: Option<String>,
    pub quantity: Option<String>,
    pub price: Option<String>,
    pub commission: Option<String>,
    pub fees: Option<String>,
    pub currency: Option<String>,
    pub multiplier: Option<String>,
    pub executed_at: Option<Time>,
}

impl From<proto::FillRecord> for FillRecord {
    fn from(record: proto::FillRecord) -> Self {
        Self {
            kind: record.kind,
            record_id: record.record_id,
            import_id: some(record.import_id),
            line: record.line,
            made_at: required_time(record.made_at),
            reason: some(record.reason),
            symbol: some(record.symbol),
            side: some(record.side),
            quantity: some(record.quantity),
            price: some(record.price),
            commission: some(record.commission),
            fees: some(record.fees),
            currency: some(record.currency),
            multiplier: some(record.multiplier),
            executed_at: time(record.executed_at),
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
