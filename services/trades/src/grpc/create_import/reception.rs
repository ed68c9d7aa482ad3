//! The messages of an upload: first the header, then chunks of the file, then its end.

use crate::{
    domain::invalid::Invalid,
    error::{Error, Result},
    files::Upload,
};
use journal_proto::trades::v1::{CreateImportRequest, ImportHeader, create_import_request::Part};
use std::time::Duration;
use tokio::time::timeout;
use tonic::Streaming;

/// How long a sender may stay silent.
const PATIENCE: Duration = Duration::from_secs(30);

/// The first message.
pub(super) async fn header(messages: &mut Streaming<CreateImportRequest>) -> Result<ImportHeader> {
    match next(messages).await?.and_then(|message| message.part) {
        Some(Part::Header(header)) => Ok(header),
        Some(Part::Chunk(_) | Part::End(_)) | None => {
            Err(Invalid::new("header", "must be the first message").into())
        }
    }
}

/// All messages behind it. A file without a single byte is refused, and so is one that does not end as a whole file: a sender
/// that went away looks like one that has nothing more to say.
pub(super) async fn chunks(messages: &mut Streaming<CreateImportRequest>, file: &mut Upload) -> Result<()> {
    loop {
        match next(messages).await?.map(|message| message.part) {
            Some(Some(Part::Chunk(chunk))) => file.write(chunk).await?,
            Some(Some(Part::End(end))) if end.file_bytes == file.bytes() => break,
            Some(Some(Part::End(_))) | None => return Err(Error::UploadCutOff),
            Some(Some(Part::Header(_)) | None) => {
                return Err(Invalid::new("chunk", "must follow the header in every further message").into());
            }
        }
    }
    if file.bytes() == 0 {
        return Err(Invalid::new("file", "must not be empty").into());
    }
    Ok(())
}

async fn next(messages: &mut Streaming<CreateImportRequest>) -> Result<Option<CreateImportRequest>> {
    match timeout(PATIENCE, messages.message()).await {
        Ok(Ok(message)) => Ok(message),
        Ok(Err(status)) => {
            tracing::debug!(%status, "an upload broke off");
            Err(Error::UploadCutOff)
        }
        Err(_) => Err(Error::UploadCutOff),
    }
}
