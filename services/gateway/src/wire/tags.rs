//! Tags as JSON.

#![expect(clippy::option_option, reason = "a PATCH tells null from absent")]

use super::{Time, present, required_time, some};
use crate::problem::Problem;
use journal_proto::trades::v1 as proto;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A word that is on trades, or may be.
#[derive(Serialize, ToSchema)]
pub(crate) struct Tag {
    pub id: String,
    /// As it stands on trades.
    pub name: String,
    #[schema(example = "#1e90ff")]
    pub color: Option<String>,
    /// Trades that have it.
    pub trades: u64,
    pub created_at: Time,
    /// Grows with every change of the tag itself.
    pub version: i64,
}

impl From<proto::Tag> for Tag {
    fn from(tag: proto::Tag) -> Self {
        Self {
            id: tag.id,
            name: tag.name,
            color: some(tag.color),
            trades: tag.trades,
            created_at: required_time(tag.created_at),
            version: tag.version,
        }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewTag {
    /// 1 to 50 characters, unique among your tags, whatever the capitals.
    #[schema(example = "FOMO")]
    pub name: String,
    #[schema(example = "#1e90ff")]
    pub color: Option<String>,
}

/// Only what is present changes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TagChange {
    pub name: Option<String>,
    /// Null removes it.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub color: Option<Option<String>>,
}

impl TagChange {
    pub fn into_request(self, tag_id: String) -> Result<proto::UpdateTagRequest, Problem> {
        if self.color.as_ref().is_some_and(|color| color.as_deref() == Some("")) {
            return Err(Problem::invalid_field("color", "must be like #1e90ff, or null to remove it"));
        }
        Ok(proto::UpdateTagRequest {
            tag_id,
            name: self.name,
            color: self.color.map(Option::unwrap_or_default),
        })
    }
}
