//! Cash of an account as JSON.

use super::{Time, parse_time, required_time, some};
use crate::problem::Problem;
use journal_proto::trades::v1 as proto;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Money that moved in an account and is no part of a fill.
#[derive(Serialize, ToSchema)]
pub(crate) struct CashEntry {
    pub id: String,
    pub account_id: String,
    /// `deposit`, `withdrawal`, `dividend`, `interest`, `fee`, `commission`, `funding`, `swap`, `borrow`, `tax`, `transfer`,
    /// `reward`, `settlement` or `other`.
    pub kind: String,
    /// Above 0: received.
    pub amount: String,
    pub currency: String,
    /// The instrument that it belongs to: then it is part of the trade that was open in it.
    pub symbol: Option<String>,
    pub note: String,
    pub booked_at: Time,
    /// Null: entered by hand.
    pub import_id: Option<String>,
    /// The line of the imported file.
    pub line: u64,
}

impl From<proto::CashEntry> for CashEntry {
    fn from(entry: proto::CashEntry) -> Self {
        Self {
            id: entry.id,
            account_id: entry.account_id,
            kind: entry.kind,
            amount: entry.amount,
            currency: entry.currency,
            symbol: some(entry.symbol),
            note: entry.note,
            booked_at: required_time(entry.booked_at),
            import_id: some(entry.import_id),
            line: entry.line,
        }
    }
}

/// Cash entered by hand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCashEntry {
    #[schema(example = "deposit")]
    pub kind: String,
    /// Above 0: received; a withdrawal or a fee is below 0.
    #[schema(example = "5000.00")]
    pub amount: String,
    /// The account's when absent.
    pub currency: Option<String>,
    /// The instrument that it belongs to, e.g. of a dividend.
    pub symbol: Option<String>,
    pub note: Option<String>,
    /// Now when absent.
    pub booked_at: Option<String>,
}

impl NewCashEntry {
    pub fn into_request(self, account_id: String) -> Result<proto::CreateCashRequest, Problem> {
        Ok(proto::CreateCashRequest {
            account_id,
            booked_at: parse_time("booked_at", self.booked_at.as_deref())?,
            kind: self.kind,
            amount: self.amount,
            currency: self.currency.unwrap_or_default(),
            symbol: self.symbol.unwrap_or_default(),
            note: self.note.unwrap_or_default(),
        })
    }
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CashFilter {
    /// One of the kinds of cash.
    pub kind: Option<String>,
    pub symbol: Option<String>,
    pub import_id: Option<String>,
    /// Booked at or after.
    pub from: Option<String>,
    /// Booked before.
    pub to: Option<String>,
    /// 1..200, 50 when absent.
    pub limit: Option<u32>,
    /// The previous page's `next_cursor`.
    pub cursor: Option<String>,
}

impl CashFilter {
    pub fn into_request(self, account_id: String) -> Result<proto::ListCashRequest, Problem> {
        Ok(proto::ListCashRequest {
            account_id,
            page: super::page(self.limit, self.cursor)?,
            kind: self.kind.unwrap_or_default(),
            symbol: self.symbol.unwrap_or_default(),
            import_id: self.import_id.unwrap_or_default(),
            from: parse_time("from", self.from.as_deref())?,
            to: parse_time("to", self.to.as_deref())?,
        })
    }
}
