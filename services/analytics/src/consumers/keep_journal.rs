//! Keeps the tags and notes that filters look at.

use super::malformed;
use crate::{db, domain::Journal};
use events::{Consumer, Failure};
use journal_proto::trades::v1::TradeJournaled;
use sqlx::PgConnection;

pub(crate) struct KeepJournal;

impl Consumer for KeepJournal {
    const QUEUE: &'static str = "analytics.keep-journal";
    type Event = TradeJournaled;

    async fn handle(&self, event: TradeJournaled, tx: &mut PgConnection) -> Result<(), Failure> {
        let user_id = event.user_id.parse().map_err(|_| malformed("user id"))?;
        let account_id = event.account_id.parse().map_err(|_| malformed("account id"))?;
        let trade_id = event.trade_id.parse().map_err(|_| malformed("trade id"))?;
        if db::accounts::is_deleted(&mut *tx, user_id, account_id).await? {
            return Ok(());
        }
        let entry = Journal { version: event.journal_version, tags: event.tags, notes: event.notes };
        db::trades::keep_journal(tx, user_id, account_id, trade_id, &entry).await?;
        Ok(())
    }
}
