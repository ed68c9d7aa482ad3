//! Carries the image of a multipart form to the trades service while it arrives.

use super::imports::{Allowance, file_name};
use crate::{
    app::App,
    once::OnceKey,
    problem::Problem,
    routes::forms::{self, WINDOW, nothing_more, unreadable},
};
use axum::extract::Multipart;
use identity::Caller;
use journal_proto::trades::v1::{
    AddAttachmentRequest, Attachment, AttachmentEnd, AttachmentHeader, add_attachment_request::Part,
};
use tokio::sync::mpsc;
use tonic::Response;

const TOO_LARGE: &str = "an image has at most 10 MiB";

/// Reads the form, whose one field is `file`, and answers the attachment that trades made of it.
pub(super) async fn forward(
    app: &App,
    caller: &Caller,
    trade_id: &str,
    (multipart, allowance): (Multipart, Allowance),
    key: &OnceKey,
) -> Result<Response<Attachment>, Problem> {
    let (sender, parts) = mpsc::channel(WINDOW);
    let mut attachments = app.attachments.clone();
    let upload = read(multipart, &allowance, trade_id, sender);
    let call = async {
        let parts = forms::begun(parts).await;
        let request = key.on(app.request(parts, caller));
        let answer = attachments.add_attachment(request).await;
        answer.map_err(Problem::from)
    };
    tokio::pin!(upload, call);
    // A form that breaks off drops the call, and with it what trades had stored so far.
    tokio::select! {
        all_sent = &mut upload => { all_sent?; call.await }
        early = &mut call => early,
    }
}

/// Sends everything; stops early when the channel is closed, as trades has then answered already.
async fn read(
    mut multipart: Multipart,
    allowance: &Allowance,
    trade_id: &str,
    sender: mpsc::Sender<AddAttachmentRequest>,
) -> Result<(), Problem> {
    let field = multipart.next_field().await.map_err(|error| unreadable(&error, TOO_LARGE))?;
    let mut field = field.ok_or_else(|| Problem::invalid_field("file", "is required"))?;
    match field.name() {
        Some("file") => {}
        other => {
            return Err(Problem::invalid_field(
                other.unwrap_or("file"),
                "must be the one field of this form: file",
            ));
        }
    }
    allowance.file_begins();
    let header = AttachmentHeader { trade_id: trade_id.to_owned(), file_name: file_name(field.file_name()) };
    let part = |part| AddAttachmentRequest { part: Some(part) };
    let mut open = sender.send(part(Part::Header(header))).await.is_ok();
    let mut file_bytes = 0;
    while open {
        let Some(chunk) = field.chunk().await.map_err(|error| unreadable(&error, TOO_LARGE))? else { break };
        file_bytes += chunk.len() as u64;
        open = sender.send(part(Part::Chunk(chunk))).await.is_ok();
    }
    if open {
        drop(field);
        allowance.file_ends();
        nothing_more(&mut multipart, TOO_LARGE).await?;
        // Without it, trades takes the file for cut off: a form that breaks off must leave nothing.
        let _ = sender.send(part(Part::End(AttachmentEnd { file_bytes }))).await;
    }
    Ok(())
}
