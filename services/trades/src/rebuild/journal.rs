//! Notes and tags follow the fills that they were written about.

use super::{Cause, Rebuilt};
use crate::{
    db,
    domain::{ids::TradeId, journal::Journal},
    error::Result,
};
use sqlx::PgConnection;
use std::collections::HashMap;

/// Moves what is written about trades that vanished to the trades that now hold their first remaining fill.
///
/// A trade vanishes when an earlier fill arrives (it became part of a longer one) or when its opening fill is taken back
/// (the rest of it became another). When none of its fills is left, its entry stays where it is, and is there again
/// when the file is imported again. The fill that closed it does not count: it may belong to the next trade as well.
pub(super) async fn follow_fills(tx: &mut PgConnection, cause: Cause<'_>, rebuilt: &Rebuilt) -> Result<()> {
    let (user, account) = (cause.user, cause.account.id);
    let entries = db::trade_journal::lock(&mut *tx, user, &rebuilt.vanished_ids()).await?;
    let mut entries: HashMap<TradeId, Journal> = entries.into_iter().collect();
    let mut vanished: Vec<_> = rebuilt.vanished.iter().collect();
    vanished.sort_by(|(_, left), (_, right)| left.opening.cmp(&right.opening));
    for (book, vanished) in vanished {
        let Some(entry) = entries.remove(&vanished.id) else { continue };
        let Some(holder) = super::holder_of_rest(&mut *tx, cause, book, vanished).await? else { continue };
        let there = db::trade_journal::lock(&mut *tx, user, &[holder]).await?;
        let there = there.into_iter().next().map(|(_, entry)| entry).unwrap_or_default();
        db::trade_journal::replace(&mut *tx, user, account, holder, &there.merged_with(entry)).await?;
        db::trade_journal::delete(&mut *tx, user, vanished.id).await?;
    }
    Ok(())
}
