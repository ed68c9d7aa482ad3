//! `/v1/trades/{id}/attachments`: images of trades.

mod upload;

use super::imports;
use crate::{
    app::App,
    extract::{Id, Ids},
    layers::Sandboxed,
    once::{IdempotencyKey, OnceKey, told},
    problem::Problem,
    signed_in::SignedIn,
    wire::{Page, attachments as dto},
};
use axum::{
    body::Body,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt as _, TryStreamExt as _, future};
use http::{HeaderValue, StatusCode, header};
use journal_proto::trades::v1::{self as proto, download_attachment_response::Part};
use std::fmt::Write as _;

/// The images of a trade, oldest first; of a merged one, those of all its trades.
#[utoipa::path(get, path = "/v1/trades/{id}/attachments", tag = "trades", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::Attachment>), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<axum::Json<Page<dto::Attachment>>, Problem> {
    let request = app.request(proto::ListAttachmentsRequest { trade_id: id.text() }, &caller);
    let attachments = app.attachments.clone().list_attachments(request).await?.into_inner().attachments;
    Ok(axum::Json(Page::new(attachments, "")))
}

/// Adds an image to a trade: up to 20 of them, of 10 MiB each. What it is, its first bytes say, not its name.
#[utoipa::path(post, path = "/v1/trades/{id}/attachments", tag = "trades", params(("id" = String, Path), IdempotencyKey),
    request_body(content = dto::AttachmentUpload, content_type = "multipart/form-data"), security(("bearer" = []), ("cookie" = [])),
    responses((status = 201, body = dto::Attachment, headers(("Location" = String))),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`too-many-attachments`; `request-in-flight`", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "`file-too-large`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`validation-failed`: it is no image, or the form has no `file`", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn add(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
    key: OnceKey,
    request: Request,
) -> Result<impl IntoResponse, Problem> {
    let form = imports::form(&app, request).await?;
    let (attachment, replayed) = told(upload::forward(&app, &caller, &id.text(), form, &key).await?);
    let location = format!("/v1/trades/{}/attachments/{}", id.text(), attachment.id);
    let answer = axum::Json(dto::Attachment::from(attachment));
    Ok((StatusCode::CREATED, replayed, [(header::LOCATION, location)], answer))
}

/// The image itself. Its bytes never change.
#[utoipa::path(get, path = "/v1/trades/{id}/attachments/{attachment_id}", tag = "trades",
    params(("id" = String, Path), ("attachment_id" = String, Path)), security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, description = "a PNG, JPEG, WebP or GIF image", body = Vec<u8>, content_type = "image/*"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn download(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Ids(trade, attachment): Ids,
) -> Result<Response, Problem> {
    let message = proto::DownloadAttachmentRequest {
        trade_id: trade.to_string(),
        attachment_id: attachment.to_string(),
    };
    let request = app.request(message, &caller);
    let mut parts = app.attachments.clone().download_attachment(request).await?.into_inner();
    let Some(Part::Attachment(told)) = parts.message().await?.and_then(|message| message.part) else {
        return Err(Problem::not_found());
    };
    let chunks = parts.map_err(std::io::Error::other).try_filter_map(|message| {
        future::ready(Ok(match message.part {
            Some(Part::Chunk(chunk)) => Some(chunk),
            Some(Part::Attachment(_)) | None => None,
        }))
    });
    let mut response = Response::new(Body::from_stream(chunks.boxed()));
    response.extensions_mut().insert(Sandboxed);
    for (name, value) in [
        (header::CONTENT_TYPE, told.media_type),
        (header::CONTENT_LENGTH, told.bytes.to_string()),
        (header::CONTENT_DISPOSITION, disposition(&told.file_name)),
        (header::ETAG, format!("\"{}\"", attachment.simple())),
        // Kept by the browser of whoever may see it, and asked for again: it may be deleted.
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
    ] {
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}

/// Deletes an image.
#[utoipa::path(delete, path = "/v1/trades/{id}/attachments/{attachment_id}", tag = "trades",
    params(("id" = String, Path), ("attachment_id" = String, Path)), security(("bearer" = []), ("cookie" = [])),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn delete(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Ids(trade, attachment): Ids,
) -> Result<StatusCode, Problem> {
    let message =
        proto::DeleteAttachmentRequest { trade_id: trade.to_string(), attachment_id: attachment.to_string() };
    app.attachments.clone().delete_attachment(app.request(message, &caller)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Shown in place, and saved under its name (RFC 6266, RFC 8187): whatever the name, it stays a parameter.
fn disposition(file_name: &str) -> String {
    file_name.bytes().fold("inline; filename*=UTF-8''".to_owned(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            text.push(byte.into());
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_stays_a_parameter() {
        assert_eq!(disposition("a b.png"), "inline; filename*=UTF-8''a%20b.png");
        assert_eq!(disposition("\"; x=\r\nü"), "inline; filename*=UTF-8''%22%3B%20x%3D%0D%0A%C3%BC");
    }
}
