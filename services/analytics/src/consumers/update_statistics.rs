//! Projects changed trades, and tells when a revision is complete.

use super::malformed;
use crate::{db, domain::Trade};
use events::{Consumer, Failure, outbox};
use journal_proto::{Timestamp, analytics::v1::StatisticsUpdated, trades::v1::TradesChanged};
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

    fn now(&self) -> Timestamp {
        let now = self.clock.now();
        Timestamp {
            seconds: now.unix_timestamp(),
            nanos: i32::try_from(now.nanosecond()).unwrap_or_default(),
        }
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
            applied: i64::try_from(changed.len()).unwrap_or(i64::MAX),
            is_last: event.last,
        };
        let total = i64::try_from(event.changed_total).unwrap_or(i64::MAX);
        if db::revisions::complete(&mut *tx, &part, total).await? {
            let updated = StatisticsUpdated {
                user_id: event.user_id,
                account_id: event.account_id,
                revision: event.revision,
                import_id: event.import_id,
                updated_at: Some(self.now()),
            };
            outbox::append(tx, &updated).await?;
        }
        Ok(())
    }
}
