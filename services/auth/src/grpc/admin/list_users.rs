//! Users, by their address.

use crate::{
    app::App,
    db::administration,
    domain::{invalid::Invalid, page::Page},
    error::Error,
    wire,
};
use identity::Caller;
use journal_proto::auth::v1::{ListUsersRequest, ListUsersResponse};

/// As long as an address may be.
const MAX_PART_BYTES: usize = 254;

/// Newest first.
pub(crate) async fn list_users(
    app: &App,
    caller: &Caller,
    request: &ListUsersRequest,
) -> Result<ListUsersResponse, Error> {
    let page = Page::asked(request.limit, &request.cursor)?;
    let part = part(&request.email)?;
    let (mut tx, _) = super::begin(app, caller).await?;
    let users = administration::list(&mut tx, &part, page.before, page.limit()).await?;
    let next_cursor = page.next_cursor(&users, |user| user.user.id);
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
