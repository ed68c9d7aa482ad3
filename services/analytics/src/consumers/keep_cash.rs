//! Keeps deposits and withdrawals, and tells when a revision is complete.

use super::{all, concerned, updated};
use crate::{db, domain::CashFlow};
use events::{Consumer, Failure};
use journal_proto::trades::v1::CashFlowsChanged;
use runtime::Clock;
use sqlx::PgConnection;

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
        let concerned = concerned(&mut *tx, &event.user_id, &event.account_id).await?;
        let Some((user_id, account_id)) = concerned else { return Ok(()) };
        let changed = all(event.changed, CashFlow::parse, "flows")?;
        let removed = all(event.removed, |id| id.parse(), "removed ids")?;
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
