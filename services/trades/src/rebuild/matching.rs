//! Matches the end of each book again, in pages, and writes what differs from what is stored.

use super::{Cause, Rebuilt, reader::Reader};
use crate::{
    db,
    domain::{
        event::EventKey,
        fill::Book,
        ids::TradeId,
        matching::{Matching, terms},
        trade::RoundTrip,
    },
    error::Result,
};
use sqlx::PgConnection;
use std::{collections::BTreeSet, mem, sync::Arc};

/// Trades written at once; small books share a batch.
const BATCH: usize = 1_000;

pub(super) struct Matcher<'a> {
    cause: Cause<'a>,
    revision: i64,
    /// The symbols in which there are events beside the fills.
    eventful: BTreeSet<String>,
    rebuilt: &'a mut Rebuilt,
    unwritten: Vec<(Arc<Book>, RoundTrip)>,
}

impl<'a> Matcher<'a> {
    pub(super) fn new(
        cause: Cause<'a>,
        revision: i64,
        eventful: BTreeSet<String>,
        rebuilt: &'a mut Rebuilt,
    ) -> Self {
        Self { cause, revision, eventful, rebuilt, unwritten: Vec::new() }
    }

    /// Matches `book` again, which changed at `changed` and perhaps after it.
    pub(super) async fn match_book(
        &mut self,
        tx: &mut PgConnection,
        book: Book,
        changed: &EventKey,
    ) -> Result<()> {
        let (user, account) = (self.cause.user, self.cause.account);
        let book = Arc::new(book);
        let restart = db::trades::restart_point(&mut *tx, user, account.id, &book, changed).await?;
        let mut matching =
            Matching::new(account.id, terms(book.multiplier, account.matching), restart.resume);
        let mut kept: Vec<TradeId> = Vec::new();
        let has_events = self.eventful.contains(&book.symbol);
        let mut reader = Reader::new((user, account.id), Arc::clone(&book), restart.from.clone(), has_events);
        while let Some(page) = reader.next(tx).await? {
            for (event, asset_class) in &page {
                if let Some(closed) = matching.apply(event, asset_class)? {
                    kept.push(closed.id);
                    self.unwritten.push((Arc::clone(&book), closed));
                }
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
