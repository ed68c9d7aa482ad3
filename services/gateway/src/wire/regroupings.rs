//! Merges and splits of trades as JSON.

use super::{Time, required_time, some};
use crate::problem::Problem;
use journal_proto::trades::v1 as proto;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A merge or a split of trades. It names executions, so it outlives every change of the fills.
#[derive(Serialize, ToSchema)]
pub(crate) struct Regrouping {
    pub id: String,
    pub account_id: String,
    /// `merge` or `split`.
    pub kind: String,
    /// The executions that open the trades merged, or the trade split.
    pub openings: Vec<String>,
    /// Of a split: the end of a leg that decides on its part, `exits` or `entries`.
    pub along: Option<String>,
    /// Of a split: the executions with which a new part begins.
    pub begins: Vec<String>,
    pub created_at: Time,
    /// `applied` or `void`.
    pub status: String,
    /// Why it is void.
    pub void: Option<RegroupingVoid>,
    /// The trades that it makes; none while it is void.
    pub trade_ids: Vec<String>,
}

/// Why a merge or a split is not applied: it is again as soon as this is no more.
#[derive(Serialize, ToSchema)]
pub(crate) struct RegroupingVoid {
    /// `unknown-trade`, `overlap`, `other-book`, `not-consecutive`, `unknown-fill`, `inside-leg`, `empty-part`, `twice`,
    /// `too-few`, `ambiguous` or `legs-do-not-add-up`.
    pub code: String,
    /// The execution that is in the way.
    pub execution_id: String,
    /// For people.
    pub message: String,
}

impl From<proto::Regrouping> for Regrouping {
    fn from(regrouping: proto::Regrouping) -> Self {
        Self {
            id: regrouping.id,
            account_id: regrouping.account_id,
            kind: regrouping.kind,
            openings: regrouping.openings,
            along: some(regrouping.along),
            begins: regrouping.begins,
            created_at: required_time(regrouping.created_at),
            status: if regrouping.void.is_some() { "void" } else { "applied" }.to_owned(),
            void: regrouping.void.map(RegroupingVoid::from),
            trade_ids: regrouping.trade_ids,
        }
    }
}

impl From<proto::RegroupingVoid> for RegroupingVoid {
    fn from(void: proto::RegroupingVoid) -> Self {
        Self { code: void.code, execution_id: void.execution_id, message: void.message }
    }
}

/// Trades to make one of: consecutive ones in one instrument of one account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Merge {
    /// 2 to 200.
    pub trade_ids: Vec<String>,
}

/// Where parts of a trade begin: either `begins`, or `each`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Split {
    /// The end of a leg that decides on its part: `exits` (when absent) or `entries`. A leg is never cut.
    pub along: Option<String>,
    /// The `execution_id`s with which a new part begins, 1 to 1,000; the first part needs none.
    #[serde(default)]
    pub begins: Vec<String>,
    /// `exit`: each exit becomes a trade of its own; `day`: the exits of each day on the account's clock.
    pub each: Option<String>,
}

impl Split {
    pub fn into_request(self, trade_id: String) -> proto::SplitTradeRequest {
        proto::SplitTradeRequest {
            trade_id,
            along: self.along.unwrap_or_default(),
            begins: self.begins,
            each: self.each.unwrap_or_default(),
        }
    }
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct RegroupingFilter {
    pub account_id: Option<String>,
    /// 1..200, 50 when absent.
    pub limit: Option<u32>,
    /// The previous page's `next_cursor`.
    pub cursor: Option<String>,
}

impl RegroupingFilter {
    pub fn into_request(self) -> Result<proto::ListRegroupingsRequest, Problem> {
        Ok(proto::ListRegroupingsRequest {
            page: super::page(self.limit, self.cursor)?,
            account_id: self.account_id.unwrap_or_default(),
        })
    }
}
