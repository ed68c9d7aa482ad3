//! Brings the trades of books up to date with their fills and events, and tells others what changed.
//!
//! Only the end of a book is matched again: from the trade that was open at the first change, or from the change
//! itself when the book was flat there; or from the first trade of a merge that the change may make or break. What comes
//! out is compared with what is stored, and only differences are written. The caller holds the account's lock ([`crate::db::accounts::lock`]).

mod announcement;
mod excursions;
mod flows;
mod inheritance;
mod journal;
mod matching;
mod measuring;
mod plans;
mod reader;
mod regrouping;
mod touched;

use crate::{
    db::{
        self,
        trades::{Vanished, Written},
    },
    domain::{
        account::Account,
        fill::Book,
        ids::{ImportId, TradeId},
        import::TradeCounts,
    },
    error::Result,
    progress::Progress,
};
use identity::UserId;
pub use journal::part_entries;
pub use measuring::measure_again;
pub(crate) use reader::Reader;
use sqlx::PgConnection;
use std::sync::Arc;
use time::OffsetDateTime;
pub use touched::Touched;

/// Why, and in whose account.
#[derive(Clone, Copy, Debug)]
pub struct Cause<'a> {
    /// The owner.
    pub user: UserId,
    /// The account, locked.
    pub account: &'a Account,
    /// The import that brought or took fills or events; `None`: the owner changed something himself.
    pub import: Option<ImportId>,
    /// The time to tell others.
    pub now: OffsetDateTime,
}

/// What a rebuild did to the trades.
#[derive(Debug, Default)]
pub struct Rebuilt {
    /// All trades of what was matched again, whether they are written or as they were.
    matched: Vec<TradeId>,
    written: Vec<Written>,
    vanished: Vec<(Arc<Book>, Vanished)>,
}

impl Rebuilt {
    /// The trades that are new or different now.
    pub fn counts(&self) -> TradeCounts {
        let count =
            |wanted: fn(&Written) -> bool| self.written.iter().filter(|trade| wanted(trade)).count() as u64;
        TradeCounts {
            opened: count(|trade| trade.is_new),
            closed: count(|trade| trade.is_closed),
            changed: count(|trade| !trade.is_new),
        }
    }

    /// How many trades were there before and look different now.
    pub fn changed(&self) -> u64 {
        self.counts().changed
    }

    /// How many trades were there before and are no more.
    pub fn removed(&self) -> u64 {
        self.vanished.len() as u64
    }

    fn written_ids(&self) -> Vec<TradeId> {
        self.written.iter().map(|trade| trade.id).collect()
    }

    fn vanished_ids(&self) -> Vec<TradeId> {
        self.vanished.iter().map(|(_, trade)| trade.id).collect()
    }
}

/// Tells others of a trade as it is now, though nothing was traded: its plan changed. The caller holds the account's lock.
pub async fn tell_again(tx: &mut PgConnection, cause: Cause<'_>, trade: TradeId) -> Result<()> {
    let revision = db::accounts::next_revision(&mut *tx, cause.user, cause.account.id).await?;
    let written = db::trades::renew(&mut *tx, cause.user, &[trade], revision).await?;
    let rebuilt = Rebuilt { written, ..Rebuilt::default() };
    announcement::announce(tx, cause, revision, &rebuilt).await
}

/// Tells of deposits and withdrawals, rebuilds the trades of the books touched, moves the journal entries of trades that
/// became part of others, and appends the events.
pub async fn rebuild(
    tx: &mut PgConnection,
    cause: Cause<'_>,
    mut touched: Touched,
    progress: &Progress,
) -> Result<Rebuilt> {
    flows::announce(&mut *tx, cause, touched.gone_flows()).await?;
    let mut rebuilt = Rebuilt::default();
    if touched.is_empty() {
        return Ok(rebuilt);
    }
    db::plans::for_any_user(&mut *tx).await?;
    let retold = touched.take_excursions();
    let (touched, eventful) = touched.expand(tx, cause.user, cause.account.id).await?;
    let revision = db::accounts::next_revision(tx, cause.user, cause.account.id).await?;
    let total = touched.len();
    let regroupings = regrouping::Regroupings::of(&mut *tx, cause).await?;
    let mut matcher = matching::Matcher::new(cause, revision, eventful, regroupings, &mut rebuilt);
    for (done, (book, changed)) in touched.into_iter().enumerate() {
        progress.matched_books(done, total);
        matcher.match_book(tx, book, &changed).await?;
    }
    let regroupings = matcher.finish(tx).await?;
    regroupings.settle(&mut *tx, cause).await?;
    let waiting = regroupings.waiting(cause);
    inheritance::follow_fills(&mut *tx, cause, &rebuilt, &waiting).await?;
    regroupings.join(&mut *tx, cause).await?;
    excursions::derive(&mut *tx, cause, revision, &retold, &mut rebuilt).await?;
    announcement::announce(tx, cause, revision, &rebuilt).await?;
    Ok(rebuilt)
}
