//! Labels of many trades at once, as JSON.

#![expect(clippy::option_option, reason = "null differs from absent, as in a PATCH")]

use super::change::{id_or_none, rating_or_none};
use crate::{problem::Problem, wire::present};
use journal_proto::trades::v1 as proto;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What changes on all of these trades.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BulkChange {
    /// 1 to 200.
    pub trade_ids: Vec<String>,
    #[serde(default)]
    #[schema(required = false)]
    pub add_tags: Vec<String>,
    /// Whatever their capitals.
    #[serde(default)]
    #[schema(required = false)]
    pub remove_tags: Vec<String>,
    /// Null removes it.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub playbook_id: Option<Option<String>>,
    /// From 1 to 5; null removes it.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<u32>)]
    pub rating: Option<Option<u32>>,
}

impl BulkChange {
    pub fn into_request(self) -> Result<proto::LabelTradesRequest, Problem> {
        Ok(proto::LabelTradesRequest {
            trade_ids: self.trade_ids,
            add_tags: self.add_tags,
            remove_tags: self.remove_tags,
            playbook_id: id_or_none("playbook_id", self.playbook_id)?,
            rating: rating_or_none(self.rating)?,
        })
    }
}

/// What came of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct BulkChanged {
    /// Those of which it made a difference.
    pub changed_trade_ids: Vec<String>,
}
