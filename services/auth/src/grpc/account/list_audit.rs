//! What happened to the caller's account.

use crate::{
    app::App,
    db::{audit_log, sessions},
    domain::invalid::Invalid,
    error::Error,
    wire,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use identity::Caller;
use journal_proto::auth::v1::{ListAuditRequest, ListAuditResponse};
use runtime::postgres;
use uuid::Uuid;

const DEFAULT_LIMIT: u32 = 50;
const LARGEST_LIMIT: u32 = 200;

/// Newest first.
pub(crate) async fn list_audit(
    app: &App,
    caller: &Caller,
    request: &ListAuditRequest,
) -> Result<ListAuditResponse, Error> {
    let limit = match request.limit {
        0 => DEFAULT_LIMIT,
        limit @ 1..=LARGEST_LIMIT => limit,
        _ => return Err(Invalid { field: "limit", expected: "must be between 1 and 200" }.into()),
    };
    let before = before(&request.cursor)?;
    let mut tx = postgres::begin_for(&app.pool, caller.user_id.0).await?;
    if !sessions::is_live(&mut *tx, caller.user_id, caller.session_id).await? {
        return Err(Error::SessionEnded);
    }
    let lines = audit_log::list(&mut *tx, caller.user_id, before, limit.into()).await?;
    // A full page may have a successor; whether it is empty is seen when it is asked for.
    let full = lines.len() == usize::try_from(limit).unwrap_or(usize::MAX);
    let last = lines.last().filter(|_| full);
    let next_cursor = last.map(|line| URL_SAFE_NO_PAD.encode(line.id)).unwrap_or_default();
    Ok(ListAuditResponse { lines: lines.into_iter().map(wire::audit_line).collect(), next_cursor })
}

/// The line after which a page begins; an empty cursor is before all.
fn before(cursor: &str) -> Result<Uuid, Invalid> {
    if cursor.is_empty() {
        return Ok(Uuid::max());
    }
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok();
    let id = bytes.and_then(|bytes| Uuid::from_slice(&bytes).ok());
    id.ok_or(Invalid { field: "cursor", expected: "must be the next_cursor of an earlier answer" })
}
