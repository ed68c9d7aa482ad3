//! The caller's live messages, from the one after `since` on.

use crate::{error::Error, live::Live};
use futures_util::{Stream, StreamExt as _};
use identity::UserId;
use journal_proto::notifications::v1::{LiveMessage, SubscribeRequest};
use std::pin::Pin;
use tonic::Status;

/// Live messages in order, ended by the status that says why no more come.
pub(super) type LiveMessages = Pin<Box<dyn Stream<Item = Result<LiveMessage, Status>> + Send>>;

pub(super) async fn answer(
    live: &Live,
    user: UserId,
    request: &SubscribeRequest,
) -> Result<LiveMessages, Error> {
    let messages = live.subscribe(user, request.since).await?;
    Ok(Box::pin(messages.map(|message| message.map_err(Status::from))))
}
