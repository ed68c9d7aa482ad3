//! Carries the file of a multipart form to the trades service while it arrives.

use super::allowance::Allowance;
use crate::{
    app::App,
    once::OnceKey,
    problem::Problem,
    routes::forms::{self, WINDOW, nothing_more, unreadable},
};
use axum::{
    body::Bytes,
    extract::{Multipart, multipart::Field},
};
use identity::Caller;
use journal_proto::trades::v1::{
    CreateImportRequest, Import, ImportEnd, ImportHeader, create_import_request::Part,
};
use std::collections::BTreeSet;
use tokio::sync::mpsc;
use tonic::Response;

const TOO_LARGE: &str = "the file is larger than 10 MiB: export a shorter period, or split it";
/// A text field of the form: a name or an id.
const MAX_FIELD_BYTES: usize = 1024;

/// What a file is sent for.
pub(super) enum Purpose {
    /// To be imported, once for its key.
    Import(OnceKey),
    /// To see what its import would do.
    Preview,
}

/// Reads the form and answers the import that trades made of it.
pub(super) async fn forward(
    app: &App,
    caller: &Caller,
    (multipart, allowance): (Multipart, Allowance),
    purpose: Purpose,
) -> Result<Response<Import>, Problem> {
    let (sender, parts) = mpsc::channel(WINDOW);
    let mut trades = app.trades.clone();
    let upload = read(multipart, &allowance, Sender(sender));
    let call = async {
        let parts = forms::begun(parts).await;
        let request = app.request(parts, caller);
        let answer = match purpose {
            Purpose::Import(key) => trades.create_import(key.on(request)).await,
            Purpose::Preview => trades.preview_import(request).await,
        };
        answer.map_err(Problem::from)
    };
    tokio::pin!(upload, call);
    // A form that breaks off drops the call, and with it what trades had stored so far.
    tokio::select! {
        all_sent = &mut upload => { all_sent?; call.await }
        early = &mut call => early,
    }
}

/// Sends the form on: its file while it arrives, if it is known by then what it is for.
async fn read(mut multipart: Multipart, allowance: &Allowance, parts: Sender) -> Result<(), Problem> {
    let mut header = ImportHeader::default();
    // A file that came before `account_id` has to be kept until the form's end.
    let mut kept: Option<Vec<Bytes>> = None;
    let mut names = BTreeSet::new();
    while let Some(mut field) = multipart.next_field().await.map_err(|error| unreadable(&error, TOO_LARGE))? {
        let name = field.name().unwrap_or_default().to_owned();
        // A form has few parts: who sends a hundred thousand is not heard to the end.
        if !names.insert(name.clone()) {
            return Err(Problem::invalid_field(&name, "is there twice"));
        }
        match name.as_str() {
            "account_id" => header.account_id = id("account_id", field).await?,
            "format" => header.format = text("format", field).await?,
            "time_zone" => header.time_zone = text("time_zone", field).await?,
            "source_account" => header.source_account = text("source_account", field).await?,
            "mapping_id" => header.mapping_id = id("mapping_id", field).await?,
            "file" => {
                header.file_name = file_name(field.file_name());
                allowance.file_begins();
                if header.account_id.is_empty() {
                    kept = Some(keep(field).await?);
                    allowance.file_ends();
                    continue;
                }
                let mut open = parts.send(Part::Header(header)).await;
                let mut file_bytes = 0;
                while open {
                    let Some(chunk) = field.chunk().await.map_err(|error| unreadable(&error, TOO_LARGE))?
                    else {
                        break;
                    };
                    file_bytes += chunk.len() as u64;
                    open = parts.send(Part::Chunk(chunk)).await;
                }
                if open {
                    drop(field);
                    allowance.file_ends();
                    nothing_more(&mut multipart, TOO_LARGE).await?;
                    parts.end(file_bytes).await;
                }
                return Ok(());
            }
            other => return Err(Problem::invalid_field(other, "unknown field of this form")),
        }
    }
    if header.account_id.is_empty() {
        return Err(Problem::invalid_field("account_id", "is required"));
    }
    let kept = kept.ok_or_else(|| Problem::invalid_field("file", "is required"))?;
    let file_bytes = kept.iter().map(|chunk| chunk.len() as u64).sum();
    let mut open = parts.send(Part::Header(header)).await;
    for chunk in kept {
        open = open && parts.send(Part::Chunk(chunk)).await;
    }
    if open {
        parts.end(file_bytes).await;
    }
    Ok(())
}

/// To trades. What it sends is false when trades has answered already, and nobody takes any more.
struct Sender(mpsc::Sender<CreateImportRequest>);

impl Sender {
    async fn send(&self, part: Part) -> bool {
        self.0.send(CreateImportRequest { part: Some(part) }).await.is_ok()
    }

    /// Without it, trades takes the file for cut off: a form that breaks off must leave nothing.
    async fn end(&self, file_bytes: u64) {
        self.send(Part::End(ImportEnd { file_bytes })).await;
    }
}

async fn keep(mut field: Field<'_>) -> Result<Vec<Bytes>, Problem> {
    let mut chunks = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| unreadable(&error, TOO_LARGE))? {
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
    while let Some(chunk) = field.chunk().await.map_err(|error| unreadable(&error, TOO_LARGE))? {
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
