//! Brings the trades of books up to date with their fills and events, and tells others what changed.
//!
//! Only the end of a book is matched again: from the trade that was open at the first change, or from the change
//! itself when the book was flat there. What comes out is compared with what is stored, and only differences are
//! written. The caller holds the account's lock ([`crate::db::accounts::lock`]).

mod announcement;
mod journal;
mod matching;
mod reader;
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

/// Rebuilds the trades of the books touched, moves the journal entries of trades that became part of others, and
/// appends the events.
pub async fn rebuild(
    tx: &mut PgConnection,
    cause: Cause<'_>,
    touched: Touched,
    progress: &Progress,
) -> Result<Rebuilt> {
    let mut rebuilt = Rebuilt::default();
    if touched.is_empty() {
        return Ok(rebuilt);
    }
    db::plans::for_any_user(&mut *tx).await?;
    let (touched, eventful) = touched.expand(tx, cause.user, cause.account.id).await?;
    let revision = db::accounts::next_revision(tx, cause.user, cause.account.id).await?;
    let total = touched.len();
    let mut matcher = matching::Matcher::new(cause, revision, eventful, &mut rebuilt);
    for (done, (book, changed)) in touched.into_iter().enumerate() {
        progress.matched_books(done, total);
        matcher.match_book(tx, book, &changed).await?;
    }
    matcher.flush(tx).await?;
    journal::follow_fills(tx, cause, &rebuilt).await?;
    announcement::announce(tx, cause, revision, &rebuilt).await?;
    Ok(rebuilt)
}
