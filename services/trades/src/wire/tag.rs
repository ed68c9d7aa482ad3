//! Tags.

use super::timestamp;
use crate::domain::tag::Tag;
use journal_proto::trades::v1 as proto;

/// A tag as its owner sees it.
pub fn tag(tag: Tag) -> proto::Tag {
    proto::Tag {
        id: tag.id.to_string(),
        name: tag.name,
        color: tag.color.unwrap_or_default(),
        trades: u64::try_from(tag.trades).unwrap_or_default(),
        created_at: Some(timestamp(tag.created_at)),
        version: tag.version,
    }
}
