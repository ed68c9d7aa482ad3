//! What an owner writes about a trade and plans for it, as JSON.

#![expect(clippy::option_option, reason = "a PATCH tells null from absent")]

use crate::{problem::Problem, wire::present};
use journal_proto::trades::v1 as proto;
use serde::Deserialize;
use utoipa::ToSchema;

/// Only what is present changes; what was traded cannot be changed here.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TradeChange {
    /// Markdown.
    pub notes: Option<String>,
    /// Replaces all tags.
    pub tags: Option<Vec<String>>,
    /// The price at which you planned to get out with a loss; null removes it.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub planned_stop: Option<Option<String>>,
    /// The price at which you planned to get out with a profit; null removes it.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub planned_target: Option<Option<String>>,
    /// What the trade risks, in money above 0: it wins over what the stop gives; null removes it.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub risk: Option<Option<String>>,
}

impl TradeChange {
    pub fn into_request(self, trade_id: String) -> Result<proto::UpdateTradeRequest, Problem> {
        Ok(proto::UpdateTradeRequest {
            trade_id,
            notes: self.notes,
            replace_tags: self.tags.is_some(),
            tags: self.tags.unwrap_or_default(),
            planned_stop: number_or_none("planned_stop", self.planned_stop)?,
            planned_target: number_or_none("planned_target", self.planned_target)?,
            risk: number_or_none("risk", self.risk)?,
        })
    }
}

/// JSON's null is protobuf's empty string, and JSON's empty string is no number.
fn number_or_none(field: &str, number: Option<Option<String>>) -> Result<Option<String>, Problem> {
    match number {
        Some(Some(text)) if text.is_empty() => {
            Err(Problem::invalid_field(field, "must be a decimal number, or null to remove it"))
        }
        number => Ok(number.map(Option::unwrap_or_default)),
    }
}
