//! Tells live how far an import is.

use crate::{
    db,
    domain::{message::Message, subject},
    live::Live,
};
use events::{Consumer, Failure};
use journal_proto::trades::v1::ImportProgressed;
use sqlx::PgConnection;

pub(super) struct AnnounceImportProgress {
    pub live: Live,
}

impl Consumer for AnnounceImportProgress {
    const QUEUE: &'static str = "notifications.announce-import-progress";
    type Event = ImportProgressed;

    async fn handle(&self, event: ImportProgressed, tx: &mut PgConnection) -> Result<(), Failure> {
        let Some(user) = subject::present(&mut *tx, &event.user_id).await? else { return Ok(()) };
        let import_id = subject::id("import_id", &event.import_id)?;
        let account_id = subject::id("account_id", &event.account_id)?;
        // Events overtake each other: after "finished", no screen shall hear of progress again.
        db::stream::lock(&mut *tx, user).await?;
        if db::notifications::exists_about(&mut *tx, user, import_id).await? {
            return Ok(());
        }
        let ImportProgressed { file_name, progress, rows_read, .. } = event;
        let message = Message::import_progress(import_id, account_id, &file_name, progress, rows_read);
        self.live.append(tx, user, &[message]).await?;
        Ok(())
    }
}
