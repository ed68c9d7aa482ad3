//! Ends one of the caller's sessions.

use crate::{
    app::App,
    audit::{self, Kind, Origin},
    db::sessions,
    domain::session::EndReason,
    ending::end_session,
    error::Error,
};
use identity::{Caller, SessionId};
use journal_proto::auth::v1::{RevokeSessionRequest, RevokeSessionResponse};
use runtime::postgres;

/// Somebody else's id is like one that does not exist. Ending an own session again changes nothing.
pub(crate) async fn revoke_session(
    app: &App,
    caller: &Caller,
    request: &RevokeSessionRequest,
) -> Result<RevokeSessionResponse, Error> {
    let mut tx = postgres::begin_for(&app.pool, caller.user_id.0).await?;
    if !sessions::is_live(&mut *tx, caller.user_id, caller.session_id).await? {
        return Err(Error::SessionEnded);
    }
    let session_id: SessionId = request.session_id.parse().map_err(|_| Error::NoSuchSession)?;
    let ended = end_session(&mut tx, caller.user_id, session_id, EndReason::Revoked).await?;
    if !ended && !sessions::exists(&mut *tx, caller.user_id, session_id).await? {
        return Err(Error::NoSuchSession);
    }
    if ended {
        let origin = Origin::Session(caller.session_id);
        let session = session_id.to_string();
        audit::record(&mut tx, caller.user_id, Kind::SessionRevoked, &session, origin).await?;
    }
    tx.commit().await?;
    Ok(RevokeSessionResponse {})
}
