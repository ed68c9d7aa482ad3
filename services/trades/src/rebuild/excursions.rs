//! How far trades went follows the fills that files tell it of.

use super::{Cause, Rebuilt};
use crate::{
    db,
    domain::ids::{FillId, TradeId},
    error::Result,
};
use sqlx::PgConnection;
use std::collections::{BTreeSet, HashSet};

/// Trades derived by one statement.
const AT_ONCE: usize = 1_000;

/// Derives how far the trades went that were written, or hold fills of which files tell otherwise now. Of those that differ
/// in nothing else, others hear as well.
pub(super) async fn derive(
    tx: &mut PgConnection,
    cause: Cause<'_>,
    revision: i64,
    retold: &[FillId],
    rebuilt: &mut Rebuilt,
) -> Result<()> {
    let (user, account) = (cause.user, cause.account.id);
    if retold.is_empty() && !db::trade_excursions::any(&mut *tx, user, account).await? {
        return Ok(());
    }
    let written: HashSet<TradeId> = rebuilt.written_ids().into_iter().collect();
    let holders = db::trade_excursions::holders(&mut *tx, user, account, retold).await?;
    let trades: BTreeSet<TradeId> = written.iter().copied().chain(holders).collect();
    let trades: Vec<TradeId> = trades.into_iter().collect();
    for some in trades.chunks(AT_ONCE) {
        let mut changed = db::trade_excursions::derive(&mut *tx, user, some).await?;
        changed.retain(|trade| !written.contains(trade));
        rebuilt.written.extend(db::trades::renew(&mut *tx, user, &changed, revision).await?);
    }
    Ok(())
}
