//! The only way out of a session before its time.

use crate::{
    db::sessions::{self, Ended},
    domain::session::EndReason,
    wire::timestamp,
};
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
    let Some(ended) = sessions::revoke(&mut *tx, user_id, session_id, reason).await? else {
        return Ok(false);
    };
    outbox::append(tx, &event(user_id, reason, &ended)).await?;
    metrics::counter!("auth.sessions.ended", "reason" => reason.as_str()).increment(1);
    Ok(true)
}

/// Ends all sessions of a user but `kept` and tells others, in one transaction.
pub(crate) async fn end_sessions(
    tx: &mut PgConnection,
    user_id: UserId,
    kept: Option<SessionId>,
    reason: EndReason,
) -> sqlx::Result<()> {
    let revoked = sessions::revoke_all(&mut *tx, user_id, kept, reason).await?;
    let events: Vec<SessionRevoked> = revoked.iter().map(|ended| event(user_id, reason, ended)).collect();
    outbox::append_all(tx, &events).await?;
    let count = u64::try_from(events.len()).unwrap_or_default();
    metrics::counter!("auth.sessions.ended", "reason" => reason.as_str()).increment(count);
    Ok(())
}

fn event(user_id: UserId, reason: EndReason, ended: &Ended) -> SessionRevoked {
    SessionRevoked {
        user_id: user_id.to_string(),
        session_id: ended.id.to_string(),
        reason: reason.as_str().to_owned(),
        revoked_at: Some(timestamp(ended.revoked_at)),
        device_name: ended.device_name.clone(),
    }
}
