//! Users, by their address.

use crate::{app::App, db::administration, domain::invalid::Invalid, error::Error, wire};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use identity::Caller;
use journal_proto::auth::v1::{ListUsersRequest, ListUsersResponse};
use uuid::Uuid;

const DEFAULT_LIMIT: u32 = 50;
const LARGEST_LIMIT: u32 = 200;
/// As long as an address may be.
const MAX_PART_BYTES: usize = 254;

/// Newest first.
pub(crate) async fn list_users(
    app: &App,
    caller: &Caller,
    request: &ListUsersRequest,
) -> Result<ListUsersResponse, Error> {
    let limit = match request.limit {
        0 => DEFAULT_LIMIT,
        limit @ 1..=LARGEST_LIMIT => limit,
        _ => return Err(Invalid { field: "limit", expected: "must be between 1 and 200" }.into()),
    };
    let part = part(&request.email)?;
    let before = before(&request.cursor)?;
    let (mut tx, _) = super::begin(app, caller).await?;
    let users = administration::list(&mut tx, &part, before, limit.into()).await?;
    let full = users.len() == usize::try_from(limit).unwrap_or(usize::MAX);
    let last = users.last().filter(|_| full);
    let next_cursor = last.map(|last| URL_SAFE_NO_PAD.encode(last.user.id)).unwrap_or_default();
    Ok(ListUsersResponse { users: users.into_iter().map(wire::user_state).collect(), next_cursor })
}

/// What an address may have in it, as addresses are stored.
fn part(text: &str) -> Result<String, Invalid> {
    let text = text.trim();
    if text.len() > MAX_PART_BYTES || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Invalid { field: "email", expected: "must be part of an e-mail address" });
    }
    Ok(text.to_ascii_lowercase())
}

/// The user before whom a page ends; an empty cursor is before all.
fn before(cursor: &str) -> Result<Uuid, Invalid> {
    if cursor.is_empty() {
        return Ok(Uuid::max());
    }
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok();
    let id = bytes.and_then(|bytes| Uuid::from_slice(&bytes).ok());
    id.ok_or(Invalid { field: "cursor", expected: "must be the next_cursor of an earlier answer" })
}
