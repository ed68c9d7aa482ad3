//! Attachments.

use super::timestamp;
use crate::domain::attachment::Attachment;
use journal_proto::trades::v1 as proto;

/// An attachment as its owner sees it.
pub fn attachment(attachment: Attachment) -> proto::Attachment {
    proto::Attachment {
        id: attachment.id.to_string(),
        trade_id: attachment.trade_id.to_string(),
        file_name: attachment.file_name,
        media_type: attachment.image.media_type().to_owned(),
        bytes: attachment.bytes,
        created_at: Some(timestamp(attachment.created_at)),
    }
}
