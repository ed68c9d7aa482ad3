//! Plans of trades that vanished.

use super::Cause;
use crate::{
    db,
    domain::{ids::TradeId, plan::Plan},
    error::Result,
};
use sqlx::PgConnection;

/// Gives the plan of a trade that vanished to the one that holds the rest of it. What was planned for that one stays; it is
/// completed at most.
pub(super) async fn pass_on(
    tx: &mut PgConnection,
    cause: Cause<'_>,
    (vanished, plan): (TradeId, Plan),
    holder: TradeId,
) -> Result<()> {
    let (user, account) = (cause.user, cause.account.id);
    let there = db::trade_plans::of(&mut *tx, user, &[holder]).await?;
    let there = there.into_iter().next().map(|(_, plan)| plan).unwrap_or_default();
    db::trade_plans::replace(&mut *tx, user, account, holder, &there.completed_by(plan)).await?;
    db::trade_plans::delete(tx, user, vanished).await?;
    Ok(())
}
