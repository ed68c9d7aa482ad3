//! How far trades went follows the bars that their owner brought.

use super::{Cause, Rebuilt, announcement};
use crate::{
    db,
    domain::{
        excursion::{Measured, measured},
        ids::TradeId,
    },
    error::Result,
};
use identity::UserId;
use sqlx::PgConnection;

/// Trades measured by one statement.
const AT_ONCE: usize = 500;

/// Measures trades, and gives those of which it is another figure now how far they went.
pub(super) async fn measure(tx: &mut PgConnection, user: UserId, trades: &[TradeId]) -> Result<Vec<TradeId>> {
    let mut changed = Vec::new();
    for some in trades.chunks(AT_ONCE) {
        let steps = db::bar_excursions::steps(&mut *tx, user, some).await?;
        let trades = steps.chunk_by(|one, next| one.trade == next.trade);
        let found: Vec<Measured> = trades.filter_map(measured).collect();
        changed.extend(db::bar_excursions::write(&mut *tx, user, some, &found).await?);
    }
    Ok(changed)
}

/// Measures the trades in `symbol` by the bars as they are now, tells others of those that went otherwise, and gives their
/// number. The caller holds the account's lock.
pub async fn measure_again(tx: &mut PgConnection, cause: Cause<'_>, symbol: &str) -> Result<usize> {
    let trades = db::trades::closed_in(&mut *tx, cause.user, cause.account.id, symbol).await?;
    let changed = measure(&mut *tx, cause.user, &trades).await?;
    if changed.is_empty() {
        return Ok(0);
    }
    let revision = db::accounts::next_revision(&mut *tx, cause.user, cause.account.id).await?;
    let written = db::trades::renew(&mut *tx, cause.user, &changed, revision).await?;
    announcement::announce(tx, cause, revision, &Rebuilt { written, ..Rebuilt::default() }).await?;
    Ok(changed.len())
}
