//! The only way out of a session before its time.

use crate::{db::sessions, domain::session::EndReason, wire::timestamp};
use events::outbox;
use identity::{SessionId, UserId};
use journal_proto::auth::v1::SessionRevoked;
use sqlx::PgConnection;

/// Ends a session and tells others, in one transaction. False when it does not exist or was ended before: others know already.
pub(crate) async fn end_session(
    tx: &mut PgConnection,
    user_id: UserId,
    session_id: SessionId,
    reason: EndReason,
) -> sqlx::Result<bool> {
    let Some(revoked_at) = sessions::revoke(&mut *tx, user_id, session_id, reason).await? else {
        return Ok(false);
    };
    let event = SessionRevoked {
        user_id: user_id.to_string(),
        session_id: session_id.to_string(),
        reason: reason.as_str().to_owned(),
        revoked_at: Some(timestamp(revoked_at)),
    };
    outbox::append(tx, &event).await?;
    metrics::counter!("auth_sessions_ended_total", "reason" => reason.as_str()).increment(1);
    Ok(true)
}
