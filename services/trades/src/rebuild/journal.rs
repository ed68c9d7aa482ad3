//! Notes and tags of trades that vanished, merged or fell apart.

use super::Cause;
use crate::{
    db::{self, regroupings::Kept},
    domain::{
        ids::{RegroupingId, TradeId},
        journal::Journal,
    },
    error::Result,
};
use sqlx::PgConnection;
use std::collections::HashMap;

/// Adds what is written about a trade that vanished, and its attachments, to those of the one that holds the rest of it.
pub(super) async fn pass_on(
    tx: &mut PgConnection,
    cause: Cause<'_>,
    (vanished, entry): (TradeId, Journal),
    holder: TradeId,
) -> Result<()> {
    let (user, account) = (cause.user, cause.account.id);
    let there = db::trade_journal::lock(&mut *tx, user, &[holder]).await?;
    let there = there.into_iter().next().map(|(_, entry)| entry).unwrap_or_default();
    db::trade_journal::replace(&mut *tx, user, account, holder, &there.merged_with(entry)).await?;
    db::trade_attachments::follow(&mut *tx, user, vanished, holder).await?;
    db::trade_journal::delete(tx, user, vanished).await?;
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
        if own != (Journal { version: own.version, ..there }) {
            db::trade_journal::replace(&mut *tx, user, account, kept.holder, &own).await?;
        }
    }
    db::regroupings::keep(&mut *tx, user, merge, None).await?;
    Ok(())
}
