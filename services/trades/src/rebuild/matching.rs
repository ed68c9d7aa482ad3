//! Matches the end of each book again, in pages, and writes what differs from what is stored.

use super::{Cause, Rebuilt};
use crate::{
    db::{self, fills::Start},
    domain::{
        fill::{Book, FillKey},
        ids::TradeId,
        instant,
        matching::{Matching, terms},
        trade::RoundTrip,
    },
    error::Result,
};
use sqlx::PgConnection;
use std::{mem, sync::Arc};

/// Fills read at once: a book may be far larger than the memory we want to spend.
const PAGE: i64 = 5_000;
/// Trades written at once; small books share a batch.
const BATCH: usize = 1_000;

pub(super) struct Matcher<'a> {
    cause: Cause<'a>,
    revision: i64,
    rebuilt: &'a mut Rebuilt,
    unwritten: Vec<(Arc<Book>, RoundTrip)>,
}

impl<'a> Matcher<'a> {
    pub(super) fn new(cause: Cause<'a>, revision: i64, rebuilt: &'a mut Rebuilt) -> Self {
        Self { cause, revision, rebuilt, unwritten: Vec::new() }
    }

    /// Matches `book` again, whose fills changed at `changed` and perhaps after it.
    pub(super) async fn match_book(
        &mut self,
        tx: &mut PgConnection,
        book: Book,
        changed: &FillKey,
    ) -> Result<()> {
        let (user, account) = (self.cause.user, self.cause.account);
        let book = Arc::new(book);
        let restart = db::trades::restart_point(&mut *tx, user, account.id, &book, changed).await?;
        let terms = terms(book.multiplier, account.matching);
        let mut matching = Matching::new(account.id, terms, restart.closed_quantity);
        let mut kept: Vec<TradeId> = Vec::new();
        let mut start = Some(Start::At(restart.from.clone()));
        while let Some(from) = start.take() {
            let page = db::fills::of_book(&mut *tx, user, account.id, &book, &from, PAGE).await?;
            for (fill, asset_class) in &page {
                if let Some(closed) = matching.apply(fill, asset_class)? {
                    kept.push(closed.id);
                    self.unwritten.push((Arc::clone(&book), closed));
                }
            }
            if i64::try_from(page.len()) == Ok(PAGE) {
                start = page.last().map(|(fill, _)| Start::Behind(place(fill)));
            }
            self.flush_when_full(tx).await?;
        }
        if let Some(open) = matching.finish()? {
            kept.push(open.id);
            self.unwritten.push((Arc::clone(&book), open));
        }
        let vanished =
            db::trades::delete_vanished(&mut *tx, user, account.id, &book, &restart.from, &kept).await?;
        self.rebuilt.vanished.extend(vanished.into_iter().map(|trade| (Arc::clone(&book), trade)));
        Ok(())
    }

    async fn flush_when_full(&mut self, tx: &mut PgConnection) -> Result<()> {
        if self.unwritten.len() >= BATCH { self.flush(tx).await } else { Ok(()) }
    }

    /// Writes what is left.
    pub(super) async fn flush(&mut self, tx: &mut PgConnection) -> Result<()> {
        let (user, account) = (self.cause.user, self.cause.account.id);
        for batch in mem::take(&mut self.unwritten).chunks(BATCH) {
            let written = db::trades::write(&mut *tx, user, account, self.revision, batch).await?;
            self.rebuilt.written.extend(written);
        }
        Ok(())
    }
}

fn place(fill: &ledger::Fill) -> FillKey {
    FillKey {
        executed_at: instant::from_ledger(fill.time),
        sequence: fill.sequence,
        execution_id: fill.execution_id.clone(),
    }
}
