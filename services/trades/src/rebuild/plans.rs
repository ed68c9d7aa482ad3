//! Plans follow the fills that they were made for, as notes do.

use super::{Cause, Rebuilt};
use crate::{db, domain::ids::TradeId, error::Result};
use sqlx::PgConnection;
use std::collections::{HashMap, HashSet};

/// Moves the plans of trades that vanished to the trades that now hold their first remaining fill. What was planned for these
/// stays; it is completed at most. Trades that are `waiting` come back one day: their plans stay too.
pub(super) async fn follow_fills(
    tx: &mut PgConnection,
    cause: Cause<'_>,
    rebuilt: &Rebuilt,
    waiting: &HashSet<TradeId>,
) -> Result<()> {
    let (user, account) = (cause.user, cause.account.id);
    let plans = db::trade_plans::of(&mut *tx, user, &rebuilt.vanished_ids()).await?;
    let mut plans: HashMap<TradeId, _> = plans.into_iter().collect();
    let mut vanished: Vec<_> =
        rebuilt.vanished.iter().filter(|(_, trade)| !waiting.contains(&trade.id)).collect();
    vanished.sort_by(|(_, left), (_, right)| left.opening.cmp(&right.opening));
    for (book, vanished) in vanished {
        let Some(plan) = plans.remove(&vanished.id) else { continue };
        let Some(holder) = super::holder_of_rest(&mut *tx, cause, book, vanished).await? else { continue };
        let there = db::trade_plans::of(&mut *tx, user, &[holder]).await?;
        let there = there.into_iter().next().map(|(_, plan)| plan).unwrap_or_default();
        db::trade_plans::replace(&mut *tx, user, account, holder, &there.completed_by(plan)).await?;
        db::trade_plans::delete(&mut *tx, user, vanished.id).await?;
    }
    Ok(())
}
