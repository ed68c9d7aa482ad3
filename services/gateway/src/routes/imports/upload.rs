//! Carries the file of a multipart form to the trades service while it arrives.

use super::allowance::Allowance;
use crate::{app::App, once::OnceKey, problem::Problem};
use axum::{
    body::Bytes,
    extract::{
        Multipart,
        multipart::{Field, MultipartError},
    },
};
use http::StatusCode;
use identity::Caller;
use journal_proto::trades::v1::{
    CreateImportRequest, Import, ImportEnd, ImportHeader, create_import_request::Part,
};
use std::collections::BTreeSet;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Response;

/// Chunks under way between the two connections.
const WINDOW: usize = 4;
/// A text field of the form: a name or an id.
const MAX_FIELD_BYTES: usize = 1024;

/// What a file is sent for.
pub(super) enum Purpose {
    /// To be imported, once for its key.
    Import(OnceKey),
    /// To see what its import would do.
    Preview,
}

/// What the form said before (or after) its file.
#[derive(Default)]
struct Form {
    header: ImportHeader,
    /// A file that came before `account_id` had to be kept until the form's end.
    kept: Option<Vec<Bytes>>,
}

/// Reads the form and answers the import that trades made of it.
pub(super) async fn forward(
    app: &App,
    caller: &Caller,
    (mut multipart, allowance): (Multipart, Allowance),
    purpose: Purpose,
) -> Result<Response<Import>, Problem> {
    let mut form = Form::default();
    let mut names = BTreeSet::new();
    while let Some(field) = multipart.next_field().await.map_err(|error| unreadable(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        // A form has few parts: who sends a hundred thousand is not heard to the end.
        if !names.insert(name.clone()) {
            return Err(Problem::invalid_field(&name, "is there twice"));
        }
        match name.as_str() {
            "account_id" => form.header.account_id = id("account_id", field).await?,
            "format" => form.header.format = text("format", field).await?,
            "time_zone" => form.header.time_zone = text("time_zone", field).await?,
            "source_account" => form.header.source_account = text("source_account", field).await?,
            "mapping_id" => form.header.mapping_id = id("mapping_id", field).await?,
            "file" => {
                form.header.file_name = file_name(field.file_name());
                allowance.file_begins();
                if !form.header.account_id.is_empty() {
                    let source = Source::Arriving(Box::new(field));
                    return send(app, caller, (form.header, purpose), source).await;
                }
                form.kept = Some(keep(field).await?);
                allowance.file_ends();
            }
            other => return Err(Problem::invalid_field(other, "unknown field of this form")),
        }
    }
    if form.header.account_id.is_empty() {
        return Err(Problem::invalid_field("account_id", "is required"));
    }
    let kept = form.kept.ok_or_else(|| Problem::invalid_field("file", "is required"))?;
    send(app, caller, (form.header, purpose), Source::Kept(kept.into_iter())).await
}

/// The file's bytes: still arriving, or kept.
enum Source<'a> {
    Arriving(Box<Field<'a>>),
    Kept(std::vec::IntoIter<Bytes>),
}

impl Source<'_> {
    async fn next(&mut self) -> Result<Option<Bytes>, Problem> {
        match self {
            Self::Arriving(field) => field.chunk().await.map_err(|error| unreadable(&error)),
            Self::Kept(chunks) => Ok(chunks.next()),
        }
    }
}

async fn send(
    app: &App,
    caller: &Caller,
    (header, purpose): (ImportHeader, Purpose),
    source: Source<'_>,
) -> Result<Response<Import>, Problem> {
    let (sender, receiver) = mpsc::channel(WINDOW);
    let request = app.request(ReceiverStream::new(receiver), caller);
    let mut trades = app.trades.clone();
    let upload = feed(sender, header, source);
    let call = async {
        let answer = match purpose {
            Purpose::Import(key) => trades.create_import(key.on(request)).await,
            Purpose::Preview => trades.preview_import(request).await,
        };
        answer.map_err(Problem::from)
    };
    tokio::pin!(upload, call);
    // A form that breaks off drops the call, and with it what trades had stored so far.
    let answer = tokio::select! {
        all_sent = &mut upload => { all_sent?; call.await? }
        early = &mut call => early?,
    };
    Ok(answer)
}

/// Sends everything; stops early when the channel is closed, as trades has then answered already.
async fn feed(
    sender: mpsc::Sender<CreateImportRequest>,
    header: ImportHeader,
    mut source: Source<'_>,
) -> Result<(), Problem> {
    let part = |part| CreateImportRequest { part: Some(part) };
    let mut open = sender.send(part(Part::Header(header))).await.is_ok();
    let mut file_bytes = 0;
    while open {
        let Some(chunk) = source.next().await? else { break };
        file_bytes += chunk.len() as u64;
        open = sender.send(part(Part::Chunk(chunk))).await.is_ok();
    }
    if open {
        // Without it, trades takes the file for cut off: a form that breaks off must leave nothing.
        let _ = sender.send(part(Part::End(ImportEnd { file_bytes }))).await;
    }
    Ok(())
}

async fn keep(mut field: Field<'_>) -> Result<Vec<Bytes>, Problem> {
    let mut chunks = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| unreadable(&error))? {
        chunks.push(chunk);
    }
    Ok(chunks)
}

async fn id(name: &str, field: Field<'_>) -> Result<String, Problem> {
    let text = text(name, field).await?;
    // Like an id in a path: what is not an id is not found.
    text.parse::<uuid::Uuid>().map(|id| id.to_string()).map_err(|_| Problem::not_found())
}

async fn text(name: &str, mut field: Field<'_>) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| unreadable(&error))? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MAX_FIELD_BYTES {
            return Err(Problem::invalid_field(name, "is too long"));
        }
    }
    match str::from_utf8(&bytes) {
        Ok(text) if !text.contains('\0') => Ok(text.trim().to_owned()),
        _ => Err(Problem::invalid_field(name, "must be UTF-8 text without NUL")),
    }
}

/// The last part of what the client calls the file; only ever shown, never a path.
pub(in crate::routes) fn file_name(told: Option<&str>) -> String {
    let name = told.unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).take(255).collect();
    if name.is_empty() { "upload".to_owned() } else { name }
}

fn unreadable(error: &MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "file-too-large",
            "the file is larger than 10 MiB: export a shorter period, or split it",
        );
    }
    Problem::new(
        StatusCode::BAD_REQUEST,
        "malformed-form",
        "the form broke off or is not multipart/form-data",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_is_never_a_path() {
        assert_eq!(file_name(Some("../../etc/passwd")), "passwd");
        assert_eq!(file_name(Some("C:\\export\\july.csv")), "july.csv");
        assert_eq!(file_name(Some("a\u{0}b\r\n.csv")), "ab.csv");
        assert_eq!(file_name(Some("..")), "..");
        assert_eq!(file_name(None), "upload");
    }
}
