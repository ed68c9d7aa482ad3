//! Tells that an import completed or failed: live, in the inbox, and by mail when that is wanted.

use crate::{
    db,
    domain::{import::FinishedImport, message::Message, notice::Notice},
    live::Live,
    mail::Mail,
};
use events::{Consumer, Failure, departures};
use journal_proto::trades::v1::ImportFinished;
use sqlx::PgConnection;

pub(super) struct AnnounceFinishedImport {
    pub live: Live,
    pub mail: Mail,
}

impl Consumer for AnnounceFinishedImport {
    const QUEUE: &'static str = "notifications.announce-finished-import";
    type Event = ImportFinished;

    async fn handle(&self, event: ImportFinished, tx: &mut PgConnection) -> Result<(), Failure> {
        let import = FinishedImport::parse(event)?;
        let user = import.user_id;
        if !departures::act_for_present(&mut *tx, user.0).await? {
            return Ok(());
        }
        // Before the inbox row, so that a progress message either comes first or sees it.
        db::stream::lock(&mut *tx, user).await?;
        let mut messages = vec![Message::import_finished(&import)];
        if let Some(notice) = Notice::of_import(&import)
            && let Some(notification) = db::notifications::insert(&mut *tx, user, &notice).await?
        {
            messages.push(Message::notification_created(&notification));
            if db::preferences::get(&mut *tx, user).await?.email_import_finished {
                self.mail.enqueue(&mut *tx, user, &notice).await?;
            }
        }
        self.live.append(tx, user, &messages).await?;
        Ok(())
    }
}
