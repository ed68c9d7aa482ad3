//! Projects changed trades, and tells when a revision is complete.

use super::{all, concerned, updated};
use crate::{db, domain::Trade};
use events::{Consumer, Failure};
use journal_proto::trades::v1::TradesChanged;
use runtime::Clock;
use sqlx::PgConnection;

pub(crate) struct UpdateStatistics {
    clock: Clock,
}

impl UpdateStatistics {
    pub fn new(clock: Clock) -> Self {
        Self { clock }
    }
}

impl Consumer for UpdateStatistics {
    const QUEUE: &'static str = "analytics.update-statistics";
    type Event = TradesChanged;

    async fn handle(&self, event: TradesChanged, tx: &mut PgConnection) -> Result<(), Failure> {
        let concerned = concerned(&mut *tx, &event.user_id, &event.account_id).await?;
        let Some((user_id, account_id)) = concerned else { return Ok(()) };
        let changed = all(event.changed, Trade::parse, "trades")?;
        let removed = all(event.removed, |id| id.parse(), "removed ids")?;
        db::trades::upsert(&mut *tx, user_id, &changed).await?;
        db::trades::bury(&mut *tx, user_id, account_id, &removed, event.revision).await?;

        let part = db::revisions::Part {
            user_id,
            account_id,
            revision: event.revision,
            applied: changed.len(),
            is_last: event.last,
        };
        updated::tell_when_complete(tx, &self.clock, part, event.changed_total, event.import_id).await
    }
}
