//! Projects changed trades, and tells when a revision is complete.

use super::{malformed, updated};
use crate::{db, domain::Trade};
use events::{Consumer, Failure};
use journal_proto::trades::v1::TradesChanged;
use runtime::Clock;
use sqlx::PgConnection;
use uuid::Uuid;

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
        let user_id: Uuid = event.user_id.parse().map_err(|_| malformed("user id"))?;
        let account_id: Uuid = event.account_id.parse().map_err(|_| malformed("account id"))?;
        if db::accounts::is_deleted(&mut *tx, user_id, account_id).await? {
            return Ok(());
        }
        let changed: Result<Vec<Trade>, _> = event.changed.into_iter().map(Trade::parse).collect();
        let changed = changed.map_err(|_| malformed("trades"))?;
        let removed: Result<Vec<Uuid>, _> = event.removed.iter().map(|id| id.parse()).collect();
        let removed = removed.map_err(|_| malformed("removed ids"))?;
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
