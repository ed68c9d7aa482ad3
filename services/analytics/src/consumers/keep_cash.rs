//! Keeps deposits and withdrawals, and tells when a revision is complete.

use super::{malformed, updated};
use crate::{db, domain::CashFlow};
use events::{Consumer, Failure};
use journal_proto::trades::v1::CashFlowsChanged;
use runtime::Clock;
use sqlx::PgConnection;
use uuid::Uuid;

pub(crate) struct KeepCash {
    clock: Clock,
}

impl KeepCash {
    pub fn new(clock: Clock) -> Self {
        Self { clock }
    }
}

impl Consumer for KeepCash {
    const QUEUE: &'static str = "analytics.keep-cash";
    type Event = CashFlowsChanged;

    async fn handle(&self, event: CashFlowsChanged, tx: &mut PgConnection) -> Result<(), Failure> {
        let user_id: Uuid = event.user_id.parse().map_err(|_| malformed("user id"))?;
        let account_id: Uuid = event.account_id.parse().map_err(|_| malformed("account id"))?;
        if db::accounts::is_deleted(&mut *tx, user_id, account_id).await? {
            return Ok(());
        }
        let changed: Result<Vec<CashFlow>, _> = event.changed.into_iter().map(CashFlow::parse).collect();
        let changed = changed.map_err(|_| malformed("flows"))?;
        let removed: Result<Vec<Uuid>, _> = event.removed.iter().map(|id| id.parse()).collect();
        let removed = removed.map_err(|_| malformed("removed ids"))?;
        db::cash_flows::upsert(&mut *tx, user_id, &changed).await?;
        db::cash_flows::bury(&mut *tx, user_id, account_id, &removed, event.revision).await?;

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
