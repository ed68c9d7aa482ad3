//! Tells in the inbox, and live, that an export can be downloaded, or could not be made.

use crate::{
    db,
    domain::{message::Message, notice::Notice, subject},
    live::Live,
};
use events::{Consumer, Failure};
use journal_proto::trades::v1::ExportFinished;
use sqlx::PgConnection;

pub(super) struct AnnounceFinishedExport {
    pub live: Live,
}

impl Consumer for AnnounceFinishedExport {
    const QUEUE: &'static str = "notifications.announce-finished-export";
    type Event = ExportFinished;

    async fn handle(&self, event: ExportFinished, tx: &mut PgConnection) -> Result<(), Failure> {
        let Some(user) = subject::present(&mut *tx, &event.user_id).await? else { return Ok(()) };
        let export_id = subject::id("export_id", &event.export_id)?;
        let notice = Notice::of_export(export_id, event.completed);
        if let Some(notification) = db::notifications::insert(&mut *tx, user, &notice).await? {
            self.live.append(tx, user, &[Message::notification_created(&notification)]).await?;
        }
        Ok(())
    }
}
