//! What an owner writes about a trade and plans for it, as JSON.

#![expect(clippy::option_option, reason = "a PATCH tells null from absent")]

use crate::{
    problem::Problem,
    wire::{custom_fields::CustomChange, present},
};
use journal_proto::trades::v1 as proto;
use serde::Deserialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Only what is present changes; what was traded cannot be changed here.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TradeChange {
    /// Markdown.
    pub notes: Option<String>,
    /// Replaces all tags.
    pub tags: Option<Vec<String>>,
    /// Replaces all mistakes.
    pub mistakes: Option<Vec<String>>,
    /// From 1 to 5; null removes it.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<u32>)]
    pub rating: Option<Option<u32>>,
    /// One of your playbooks; null removes it. With another one than before no rule is kept, unless `followed_rules` says so.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub playbook_id: Option<Option<String>>,
    /// Replaces all rules kept: ids of rules of the trade's playbook.
    pub followed_rules: Option<Vec<String>>,
    /// Values by the id of a custom field; null removes one, and fields that are not named stay as they are.
    #[serde(default)]
    #[schema(required = false)]
    pub custom: BTreeMap<String, CustomChange>,
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
            replace_mistakes: self.mistakes.is_some(),
            mistakes: self.mistakes.unwrap_or_default(),
            rating: rating_or_none(self.rating)?,
            playbook_id: id_or_none("playbook_id", self.playbook_id)?,
            replace_followed_rules: self.followed_rules.is_some(),
            followed_rules: self.followed_rules.unwrap_or_default(),
            custom: self.custom.into_iter().map(|(field, change)| (field, change.into())).collect(),
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

/// JSON's null is 0, and JSON's 0 is no rating.
pub(super) fn rating_or_none(rating: Option<Option<u32>>) -> Result<Option<u32>, Problem> {
    match rating {
        Some(Some(0)) => Err(Problem::invalid_field("rating", "must be from 1 to 5, or null to remove it")),
        rating => Ok(rating.map(Option::unwrap_or_default)),
    }
}

/// JSON's null is protobuf's empty string, and JSON's empty string is no id.
pub(super) fn id_or_none(field: &str, id: Option<Option<String>>) -> Result<Option<String>, Problem> {
    match id {
        Some(Some(text)) if text.is_empty() => {
            Err(Problem::invalid_field(field, "must be an id, or null to remove it"))
        }
        id => Ok(id.map(Option::unwrap_or_default)),
    }
}
