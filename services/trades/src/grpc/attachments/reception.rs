//! The messages of an attachment: first the header, then chunks of the file, then its end.

use crate::{
    domain::{
        attachment::{Image, TELLING},
        invalid::Invalid,
    },
    error::{Error, Result},
    files::Upload,
};
use journal_proto::trades::v1::{AddAttachmentRequest, AttachmentHeader, add_attachment_request::Part};
use std::time::Duration;
use tokio::time::timeout;
use tonic::Streaming;

/// How long a sender may stay silent.
const PATIENCE: Duration = Duration::from_secs(30);

/// The first message.
pub(super) async fn header(messages: &mut Streaming<AddAttachmentRequest>) -> Result<AttachmentHeader> {
    match next(messages).await?.and_then(|message| message.part) {
        Some(Part::Header(header)) => Ok(header),
        Some(Part::Chunk(_) | Part::End(_)) | None => {
            Err(Invalid::new("header", "must be the first message").into())
        }
    }
}

/// All messages behind it, and what image they make. Whatever is none is refused as soon as that is seen; a file that does not end as a
/// whole one was cut off.
pub(super) async fn image(
    messages: &mut Streaming<AddAttachmentRequest>,
    file: &mut Upload,
) -> Result<Image> {
    let mut first = Vec::with_capacity(TELLING);
    loop {
        match next(messages).await?.map(|message| message.part) {
            Some(Some(Part::Chunk(chunk))) => {
                if first.len() < TELLING {
                    first.extend(chunk.iter().take(TELLING - first.len()));
                    if first.len() == TELLING {
                        known(&first)?;
                    }
                }
                file.write(chunk).await?;
            }
            Some(Some(Part::End(end))) if end.file_bytes == file.bytes() => return known(&first),
            Some(Some(Part::End(_))) | None => return Err(Error::UploadCutOff),
            Some(Some(Part::Header(_)) | None) => {
                return Err(Invalid::new("chunk", "must follow the header in every further message").into());
            }
        }
    }
}

fn known(first: &[u8]) -> Result<Image> {
    let expected = "must be a PNG, JPEG, WebP or GIF image, whatever its name says";
    Ok(Image::of(first).ok_or_else(|| Invalid::new("file", expected))?)
}

async fn next(messages: &mut Streaming<AddAttachmentRequest>) -> Result<Option<AddAttachmentRequest>> {
    match timeout(PATIENCE, messages.message()).await {
        Ok(Ok(message)) => Ok(message),
        Ok(Err(status)) => {
            tracing::debug!(%status, "an attachment broke off");
            Err(Error::UploadCutOff)
        }
        Err(_) => Err(Error::UploadCutOff),
    }
}
