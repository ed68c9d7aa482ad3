//! The caller's live sessions.

use crate::{app::App, db::sessions, error::Error, wire};
use identity::Caller;
use journal_proto::auth::v1::ListSessionsResponse;
use runtime::postgres;

/// More than anybody reads; the answer has no pages.
const MOST: i64 = 200;

/// Newest first.
pub(crate) async fn list_sessions(app: &App, caller: &Caller) -> Result<ListSessionsResponse, Error> {
    let mut tx = postgres::begin_for(&app.pool, caller.user_id.0).await?;
    if !sessions::is_live(&mut *tx, caller.user_id, caller.session_id).await? {
        return Err(Error::SessionEnded);
    }
    let live = sessions::list_live(&mut *tx, caller.user_id, MOST).await?;
    tx.commit().await?;
    let sessions = live.into_iter().map(|session| wire::session(session, caller.session_id)).collect();
    Ok(ListSessionsResponse { sessions })
}
