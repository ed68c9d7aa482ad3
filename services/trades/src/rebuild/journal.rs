//! Notes and tags follow the fills that they were written about.

use super::{Cause, Rebuilt};
use crate::{
    db::{self, regroupings::Kept},
    domain::{
        ids::{RegroupingId, TradeId},
        journal::Journal,
    },
    error::Result,
};
use sqlx::PgConnection;
use std::collections::{HashMap, HashSet};

/// Moves what is written about trades that vanished to the trades that now hold their first remaining fill.
///
/// A trade vanishes when an earlier fill arrives (it became part of a longer one) or when its opening fill is taken back
/// (the rest of it became another). When none of its fills is left, its entry stays where it is, and is there again
/// when the file is imported again. The fill that closed it does not count: it may belong to the next trade as well.
/// Trades that are `waiting` come back one day: theirs stays too.
pub(super) async fn follow_fills(
    tx: &mut PgConnection,
    cause: Cause<'_>,
    rebuilt: &Rebuilt,
    waiting: &HashSet<TradeId>,
) -> Result<()> {
    let (user, account) = (cause.user, cause.account.id);
    let entries = db::trade_journal::lock(&mut *tx, user, &rebuilt.vanished_ids()).await?;
    let mut entries: HashMap<TradeId, Journal> = entries.into_iter().collect();
    let mut vanished: Vec<_> =
        rebuilt.vanished.iter().filter(|(_, trade)| !waiting.contains(&trade.id)).collect();
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

/// Lets `holder`, the first of the `members` of a merge, show what is written about all of them. What was written about it
/// alone is kept beside the merge, and the others keep their own.
pub(super) async fn join_entries(
    tx: &mut PgConnection,
    cause: Cause<'_>,
    merge: RegroupingId,
    holder: TradeId,
    members: &[TradeId],
) -> Result<()> {
    let (user, account) = (cause.user, cause.account.id);
    if db::regroupings::kept(&mut *tx, user, merge).await?.is_some() {
        return Ok(());
    }
    let entries = db::trade_journal::lock(&mut *tx, user, members).await?;
    let mut entries: HashMap<TradeId, Journal> = entries.into_iter().collect();
    let own = entries.remove(&holder).unwrap_or_default();
    let others = members.iter().filter_map(|member| entries.remove(member));
    let all = others.fold(own.clone(), Journal::merged_with);
    if all != own {
        db::trade_journal::replace(&mut *tx, user, account, holder, &all).await?;
    }
    let kept = Kept { holder, entry: Journal { version: all.version, ..own } };
    db::regroupings::keep(&mut *tx, user, merge, Some(&kept)).await?;
    Ok(())
}

/// Gives the first trade of a merge back what was written about it alone, unless somebody has written since: then it keeps
/// everything.
pub async fn part_entries(
    tx: &mut PgConnection,
    cause: Cause<'_>,
    merge: RegroupingId,
    kept: Kept,
) -> Result<()> {
    let (user, account) = (cause.user, cause.account.id);
    let there = db::trade_journal::lock(&mut *tx, user, &[kept.holder]).await?.into_iter().next();
    if let Some((_, there)) = there.filter(|(_, there)| there.version == kept.entry.version) {
        let own = Journal { version: there.version + 1, ..kept.entry };
        if (&own.notes, &own.tags) != (&there.notes, &there.tags) {
            db::trade_journal::replace(&mut *tx, user, account, kept.holder, &own).await?;
        }
    }
    db::regroupings::keep(&mut *tx, user, merge, None).await?;
    Ok(())
}
