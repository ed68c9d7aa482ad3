//! Images of trades as JSON.

use super::{Time, required_time};
use journal_proto::trades::v1 as proto;
use serde::Serialize;
use utoipa::ToSchema;

/// An image beside what you wrote about a trade.
#[derive(Serialize, ToSchema)]
pub(crate) struct Attachment {
    pub id: String,
    /// Of a merged trade, the one of its trades that it was added to.
    pub trade_id: String,
    pub file_name: String,
    /// `image/png`, `image/jpeg`, `image/webp` or `image/gif`.
    pub media_type: String,
    pub bytes: u64,
    pub created_at: Time,
}

impl From<proto::Attachment> for Attachment {
    fn from(attachment: proto::Attachment) -> Self {
        Self {
            id: attachment.id,
            trade_id: attachment.trade_id,
            file_name: attachment.file_name,
            media_type: attachment.media_type,
            bytes: attachment.bytes,
            created_at: required_time(attachment.created_at),
        }
    }
}

/// A form, for the documentation.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only documented")]
pub(crate) struct AttachmentUpload {
    /// A PNG, JPEG, WebP or GIF image of at most 10 MiB.
    #[schema(value_type = String, format = Binary)]
    pub file: Vec<u8>,
}
