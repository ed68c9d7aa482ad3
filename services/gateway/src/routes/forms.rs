//! Forms that bring a file, which is carried on while it arrives.

use crate::problem::Problem;
use axum::extract::{Multipart, multipart::MultipartError};
use futures_util::{
    StreamExt as _,
    stream::{self, Chain, Once},
};
use http::StatusCode;
use std::future::{self, Ready};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// Parts under way between the two connections.
pub(super) const WINDOW: usize = 4;

/// What is sent of a form.
pub(super) type Parts<P> = Chain<Once<Ready<P>>, ReceiverStream<P>>;

/// The parts of a form, once the first of them is there: of one that is refused before, there is nothing to call for.
pub(super) async fn begun<P>(mut parts: mpsc::Receiver<P>) -> Parts<P> {
    let Some(first) = parts.recv().await else { return future::pending().await };
    stream::once(future::ready(first)).chain(ReceiverStream::new(parts))
}

/// What comes behind a file that was sent on could not count any more: it is refused rather than forgotten.
pub(super) async fn nothing_more(multipart: &mut Multipart, too_large: &str) -> Result<(), Problem> {
    match multipart.next_field().await.map_err(|error| unreadable(&error, too_large))? {
        None => Ok(()),
        Some(field) => {
            let name = field.name().unwrap_or_default();
            Err(Problem::invalid_field(name, "comes behind the file: it must come before it"))
        }
    }
}

/// `too_large`: what to say of a file that is.
pub(super) fn unreadable(error: &MultipartError, too_large: &str) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "file-too-large", too_large);
    }
    let detail = "the form broke off or is not multipart/form-data";
    Problem::new(StatusCode::BAD_REQUEST, "malformed-form", detail)
}
