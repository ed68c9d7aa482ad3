//! What happened to the caller's account.

use crate::{
    app::App,
    db::{audit_log, sessions},
    domain::page::Page,
    error::Error,
    wire,
};
use identity::Caller;
use journal_proto::auth::v1::{ListAuditRequest, ListAuditResponse};
use runtime::postgres;

/// Newest first.
pub(crate) async fn list_audit(
    app: &App,
    caller: &Caller,
    request: &ListAuditRequest,
) -> Result<ListAuditResponse, Error> {
    let page = Page::asked(request.limit, &request.cursor)?;
    let mut tx = postgres::begin_for(&app.pool, caller.user_id.0).await?;
    if !sessions::is_live(&mut *tx, caller.user_id, caller.session_id).await? {
        return Err(Error::SessionEnded);
    }
    let lines = audit_log::list(&mut *tx, caller.user_id, page.before, page.limit()).await?;
    let next_cursor = page.next_cursor(&lines, |line| line.id);
    Ok(ListAuditResponse { lines: lines.into_iter().map(wire::audit_line).collect(), next_cursor })
}
