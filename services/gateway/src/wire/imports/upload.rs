//! The form of an upload, for the documentation.

use utoipa::ToSchema;

/// The form of an upload, for the documentation; it is read as a stream.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a multipart form that is read field by field")]
pub(crate) struct Upload {
    /// The account the file belongs to. Send it before the file: then nothing is buffered.
    pub account_id: String,
    /// The broker's file, at most 10 MiB.
    #[schema(format = Binary, content_media_type = "application/octet-stream")]
    pub file: String,
    /// A format's id; recognised from the content when absent.
    pub format: Option<String>,
    /// IANA zone of times that carry none; the format's default when absent.
    pub time_zone: Option<String>,
    /// Which account of a file that holds several.
    pub source_account: Option<String>,
    /// One of your mappings: the file is a CSV of that layout.
    pub mapping_id: Option<String>,
}
