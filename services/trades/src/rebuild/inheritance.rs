//! What traders wrote and planned follows the fills that it was about.

use super::{Cause, Rebuilt, journal, plans};
use crate::{
    db::{self, trades::Vanished},
    domain::{fill::Book, ids::TradeId},
    error::Result,
};
use sqlx::PgConnection;
use std::collections::{HashMap, HashSet};

/// Moves notes, tags and plans of trades that vanished to the trades that now hold their first remaining fill.
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
    let ids = rebuilt.vanished_ids();
    let entries = db::trade_journal::lock(&mut *tx, cause.user, &ids).await?;
    let mut entries: HashMap<TradeId, _> = entries.into_iter().collect();
    let plans = db::trade_plans::of(&mut *tx, cause.user, &ids).await?;
    let mut plans: HashMap<TradeId, _> = plans.into_iter().collect();
    let mut vanished: Vec<_> =
        rebuilt.vanished.iter().filter(|(_, trade)| !waiting.contains(&trade.id)).collect();
    vanished.sort_by(|(_, left), (_, right)| left.opening.cmp(&right.opening));
    for (book, vanished) in vanished {
        let (entry, plan) = (entries.remove(&vanished.id), plans.remove(&vanished.id));
        if entry.is_none() && plan.is_none() {
            continue;
        }
        let Some(holder) = holder_of_rest(&mut *tx, cause, book, vanished).await? else { continue };
        if let Some(entry) = entry {
            journal::pass_on(&mut *tx, cause, (vanished.id, entry), holder).await?;
        }
        if let Some(plan) = plan {
            plans::pass_on(&mut *tx, cause, (vanished.id, plan), holder).await?;
        }
    }
    Ok(())
}

/// The trade that now holds the first remaining fill of one that vanished.
async fn holder_of_rest(
    tx: &mut PgConnection,
    cause: Cause<'_>,
    book: &Book,
    vanished: &Vanished,
) -> Result<Option<TradeId>> {
    let (user, account) = (cause.user, cause.account.id);
    let (from, before) = (&vanished.opening, vanished.closing.as_ref());
    let Some(fill) = db::fills::first_between(&mut *tx, user, account, book, from, before).await? else {
        return Ok(None);
    };
    Ok(db::trades::holder_of(&mut *tx, user, account, book, &fill).await?)
}
