//! Tells live that a session ended, so that whatever listens in its name is closed; and in the inbox when it may have been stolen.

use crate::{
    db,
    domain::{message::Message, notice::Notice, subject},
    live::Live,
};
use events::{Consumer, Failure};
use journal_proto::auth::v1::SessionRevoked;
use sqlx::PgConnection;

pub(super) struct AnnounceRevokedSession {
    pub live: Live,
}

impl Consumer for AnnounceRevokedSession {
    const QUEUE: &'static str = "notifications.announce-revoked-session";
    type Event = SessionRevoked;

    async fn handle(&self, event: SessionRevoked, tx: &mut PgConnection) -> Result<(), Failure> {
        let Some(user) = subject::present(&mut *tx, &event.user_id).await? else { return Ok(()) };
        let session_id = subject::id("session_id", &event.session_id)?;
        let mut messages = vec![Message::session_revoked(session_id, &event.reason)];
        if let Some(notice) = Notice::of_ended_session(session_id, &event.device_name, &event.reason)
            && let Some(notification) = db::notifications::insert(&mut *tx, user, &notice).await?
        {
            messages.push(Message::notification_created(&notification));
        }
        self.live.append(tx, user, &messages).await?;
        Ok(())
    }
}
