//! Writes the file of an export whose parts are there. A process that dies over it leaves nothing behind, and another begins anew.

use super::export_of;
use crate::{db, domain::ids::ExportId, exporting, files::Files};
use events::{Consumer, Failure, departures, outbox};
use identity::UserId;
use journal_proto::trades::v1::{ExportFinished, ExportGathered};
use runtime::postgres;
use sqlx::{PgConnection, PgPool};

/// Puts it all together.
pub struct WriteExport {
    /// To read as of one moment.
    pub pool: PgPool,
    /// Where the file goes, and where imported ones are.
    pub files: Files,
}

impl Consumer for WriteExport {
    const QUEUE: &'static str = "trades.write-export";
    type Event = ExportGathered;

    async fn handle(&self, event: ExportGathered, tx: &mut PgConnection) -> Result<(), Failure> {
        let (user, id) = export_of(&event.user_id, &event.export_id)?;
        // Before `tx` is touched: it must not rest.
        let written = Box::pin(exporting::write(&self.pool, &self.files, user, id)).await;
        let Some(bytes) = written.map_err(|error| Failure::Retry(error.into()))? else { return Ok(()) };
        if !departures::act_for_present(&mut *tx, user.0).await? {
            self.files.remove(&Files::export_key(user, id)).await;
            return Ok(());
        }
        finish(tx, user, id, Some(bytes)).await
    }

    async fn give_up(
        &self,
        event: ExportGathered,
        cause: &str,
        tx: &mut PgConnection,
    ) -> Result<(), Failure> {
        let (user, id) = export_of(&event.user_id, &event.export_id)?;
        tracing::error!(export.id = %id, cause, "an export was given up");
        postgres::act_for(&mut *tx, user.0).await?;
        finish(tx, user, id, None).await
    }
}

async fn finish(
    tx: &mut PgConnection,
    user: UserId,
    id: ExportId,
    bytes: Option<u64>,
) -> Result<(), Failure> {
    if db::exports::finish(&mut *tx, user, id, bytes).await? {
        let event = ExportFinished {
            user_id: user.to_string(),
            export_id: id.to_string(),
            completed: bytes.is_some(),
        };
        outbox::append(tx, &event).await?;
    }
    Ok(())
}
