//! Keeps the tags, labels and notes that filters and breakdowns look at.

use super::{concerned, malformed};
use crate::{
    db,
    domain::{Journal, Labels},
};
use events::{Consumer, Failure};
use journal_proto::trades::v1::TradeJournaled;
use sqlx::PgConnection;

pub(crate) struct KeepJournal;

impl Consumer for KeepJournal {
    const QUEUE: &'static str = "analytics.keep-journal";
    type Event = TradeJournaled;

    async fn handle(&self, event: TradeJournaled, tx: &mut PgConnection) -> Result<(), Failure> {
        let trade_id = event.trade_id.parse().map_err(|_| malformed("trade id"))?;
        let concerned = concerned(&mut *tx, &event.user_id, &event.account_id).await?;
        let Some((user_id, account_id)) = concerned else { return Ok(()) };
        let labels = event.labels.map(Labels::parse).transpose().map_err(|_| malformed("labels"))?;
        let entry = Journal { version: event.journal_version, tags: event.tags, notes: event.notes, labels };
        db::trades::keep_journal(tx, user_id, account_id, trade_id, &entry).await?;
        Ok(())
    }
}
