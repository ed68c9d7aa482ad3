//! Tells live that the statistics of an account are up to date.

use crate::{
    domain::{message::Message, subject},
    live::Live,
};
use events::{Consumer, Failure};
use journal_proto::analytics::v1::StatisticsUpdated;
use sqlx::PgConnection;

pub(super) struct AnnounceStatistics {
    pub live: Live,
}

impl Consumer for AnnounceStatistics {
    const QUEUE: &'static str = "notifications.announce-statistics";
    type Event = StatisticsUpdated;

    async fn handle(&self, event: StatisticsUpdated, tx: &mut PgConnection) -> Result<(), Failure> {
        let Some(user) = subject::present(&mut *tx, &event.user_id).await? else { return Ok(()) };
        let account_id = subject::id("account_id", &event.account_id)?;
        let import_id = subject::optional_id("import_id", &event.import_id)?;
        let message = Message::statistics_updated(account_id, event.revision, import_id);
        self.live.append(tx, user, &[message]).await?;
        Ok(())
    }
}
