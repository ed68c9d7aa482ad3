//! Tells live which trades were opened, changed or closed, when they are few.

use crate::{
    domain::{message::Message, subject, trade::ChangedTrade},
    live::Live,
};
use events::{Consumer, Failure};
use journal_proto::trades::v1::TradesChanged;
use sqlx::PgConnection;

/// A change of more trades than this is told by `import.finished` and `statistics.updated` alone: nobody reads thousands
/// of lines that scroll by, and every one of them would be stored.
const MOST_TRADES: u64 = 50;

pub(super) struct AnnounceTrades {
    pub live: Live,
}

impl Consumer for AnnounceTrades {
    const QUEUE: &'static str = "notifications.announce-trades";
    type Event = TradesChanged;

    async fn handle(&self, event: TradesChanged, tx: &mut PgConnection) -> Result<(), Failure> {
        let Some(user) = subject::present(&mut *tx, &event.user_id).await? else { return Ok(()) };
        let import_id = subject::optional_id("import_id", &event.import_id)?;
        let here = u64::try_from(event.changed.len()).unwrap_or(u64::MAX);
        if event.changed.is_empty() || event.changed_total.max(here) > MOST_TRADES {
            return Ok(());
        }
        let mut messages = Vec::with_capacity(event.changed.len());
        for trade in event.changed {
            messages.push(Message::trade(&ChangedTrade::parse(trade, import_id)?));
        }
        self.live.append(tx, user, &messages).await?;
        Ok(())
    }
}
