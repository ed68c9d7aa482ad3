//! How far trades went follows the fills that files tell it of, and the bars that their owner brought.

use super::{Cause, Rebuilt, measuring::measure};
use crate::{
    db,
    domain::ids::{FillId, TradeId},
    error::Result,
};
use sqlx::PgConnection;
use std::collections::{BTreeSet, HashSet};

/// Trades derived by one statement.
const AT_ONCE: usize = 1_000;

/// Derives how far the trades went that were matched again, or hold fills of which files tell otherwise now. Of those that differ
/// in nothing else, others hear as well.
///
/// A trade that is as it was may be made of other fills: a time in the middle of it was corrected.
pub(super) async fn derive(
    tx: &mut PgConnection,
    cause: Cause<'_>,
    revision: i64,
    retold: &[FillId],
    rebuilt: &mut Rebuilt,
) -> Result<()> {
    let written: HashSet<TradeId> = rebuilt.written_ids().into_iter().collect();
    let told = told(&mut *tx, cause, retold, &rebuilt.matched).await?;
    let measured = if db::price_bars::any(&mut *tx, cause.user).await? {
        measure(&mut *tx, cause.user, &rebuilt.matched).await?
    } else {
        Vec::new()
    };
    let changed: BTreeSet<TradeId> = told.into_iter().chain(measured).collect();
    let changed: Vec<TradeId> = changed.into_iter().filter(|trade| !written.contains(trade)).collect();
    for some in changed.chunks(AT_ONCE) {
        rebuilt.written.extend(db::trades::renew(&mut *tx, cause.user, some, revision).await?);
    }
    Ok(())
}

/// Derives what files tell, and gives the trades of which that is another figure now.
async fn told(
    tx: &mut PgConnection,
    cause: Cause<'_>,
    retold: &[FillId],
    matched: &[TradeId],
) -> Result<Vec<TradeId>> {
    let (user, account) = (cause.user, cause.account.id);
    if retold.is_empty() && !db::trade_excursions::any(&mut *tx, user, account).await? {
        return Ok(Vec::new());
    }
    let holders = db::trade_excursions::holders(&mut *tx, user, account, retold).await?;
    let trades: BTreeSet<TradeId> = matched.iter().copied().chain(holders).collect();
    let trades: Vec<TradeId> = trades.into_iter().collect();
    let mut changed = Vec::new();
    for some in trades.chunks(AT_ONCE) {
        changed.extend(db::trade_excursions::derive(&mut *tx, user, some).await?);
    }
    Ok(changed)
}
