//! Tells live that a session ended, so that whatever listens in its name is closed.

use crate::{
    domain::{message::Message, subject},
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
        let user = subject::user(&event.user_id)?;
        let session_id = subject::id("session_id", &event.session_id)?;
        self.live.append(tx, user, &[Message::session_revoked(session_id, &event.reason)]).await?;
        Ok(())
    }
}
