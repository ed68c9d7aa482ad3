//! Matches the end of each book again, in pages, and writes what differs from what is stored.

use super::{Cause, Rebuilt, reader::Reader, regrouping::Regroupings};
use crate::{
    db::{self, trades::Restart},
    domain::{
        event::EventKey,
        fill::Book,
        ids::TradeId,
        matching::{Matching, terms},
        regrouping::{Regrouper, Stretch},
        trade::RoundTrip,
    },
    error::Result,
};
use sqlx::PgConnection;
use std::{
    collections::{BTreeSet, VecDeque},
    mem,
    sync::Arc,
};

/// Trades written at once; small books share a batch.
const BATCH: usize = 1_000;

pub(super) struct Matcher<'a> {
    cause: Cause<'a>,
    revision: i64,
    /// The symbols in which there are events beside the fills.
    eventful: BTreeSet<String>,
    regroupings: Regroupings,
    rebuilt: &'a mut Rebuilt,
    unwritten: Vec<(Arc<Book>, RoundTrip)>,
}

impl<'a> Matcher<'a> {
    pub(super) fn new(
        cause: Cause<'a>,
        revision: i64,
        eventful: BTreeSet<String>,
        regroupings: Regroupings,
        rebuilt: &'a mut Rebuilt,
    ) -> Self {
        Self { cause, revision, eventful, regroupings, rebuilt, unwritten: Vec::new() }
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
        let mut stretches = self.regroupings.take(&book);
        let restart = self.restart_point(tx, &book, changed, &mut stretches).await?;
        let ranges = stretches.iter().map(|stretch| stretch.from.clone()..=stretch.to.clone()).collect();
        let terms = terms(book.multiplier, account.matching);
        let mut matching = Matching::new(account.id, terms, restart.resume).detailing(ranges);
        let mut regrouper = Regrouper::new(account.id, stretches);
        let mut kept: Vec<TradeId> = Vec::new();
        let has_events = self.eventful.contains(&book.symbol);
        let mut reader = Reader::new((user, account.id), Arc::clone(&book), restart.from.clone(), has_events);
        while let Some(page) = reader.next(tx).await? {
            for (event, asset_class) in &page {
                if let Some(closed) = matching.apply(event, asset_class)? {
                    self.keep(&book, regrouper.take(closed)?, &mut kept);
                }
            }
            self.flush_when_full(tx).await?;
        }
        if let Some(open) = matching.finish()? {
            self.keep(&book, regrouper.take(open)?, &mut kept);
        }
        let (rest, outcomes) = regrouper.finish()?;
        self.keep(&book, rest, &mut kept);
        self.regroupings.found(outcomes);
        let vanished =
            db::trades::delete_vanished(&mut *tx, user, account.id, &book, &restart.from, &kept).await?;
        self.rebuilt.vanished.extend(vanished.into_iter().map(|trade| (Arc::clone(&book), trade)));
        Ok(())
    }

    /// Where the book has to be matched again from, so that every stretch is matched whole or not at all: what is left of
    /// `stretches` is matched again.
    async fn restart_point(
        &self,
        tx: &mut PgConnection,
        book: &Book,
        changed: &EventKey,
        stretches: &mut VecDeque<Stretch>,
    ) -> Result<Restart> {
        let (user, account) = (self.cause.user, self.cause.account.id);
        let mut restart = db::trades::restart_point(&mut *tx, user, account, book, changed).await?;
        while let Some(cut) =
            stretches.iter().find(|stretch| stretch.from < restart.from && restart.from <= stretch.to)
        {
            restart = db::trades::restart_point(&mut *tx, user, account, book, &cut.from).await?;
        }
        stretches.retain(|stretch| restart.from <= stretch.to);
        Ok(restart)
    }

    fn keep(&mut self, book: &Arc<Book>, trades: Vec<RoundTrip>, kept: &mut Vec<TradeId>) {
        kept.extend(trades.iter().map(|trade| trade.id));
        self.rebuilt.matched.extend(trades.iter().map(|trade| trade.id));
        self.unwritten.extend(trades.into_iter().map(|trade| (Arc::clone(book), trade)));
    }

    async fn flush_when_full(&mut self, tx: &mut PgConnection) -> Result<()> {
        if self.unwritten.len() >= BATCH { self.flush(tx).await } else { Ok(()) }
    }

    /// Writes what is left; gives the regroupings with what became of them.
    pub(super) async fn finish(mut self, tx: &mut PgConnection) -> Result<Regroupings> {
        self.flush(tx).await?;
        Ok(self.regroupings)
    }

    async fn flush(&mut self, tx: &mut PgConnection) -> Result<()> {
        let (user, account) = (self.cause.user, self.cause.account.id);
        for batch in mem::take(&mut self.unwritten).chunks(BATCH) {
            let written = db::trades::write(&mut *tx, user, account, self.revision, batch).await?;
            self.rebuilt.written.extend(written);
        }
        Ok(())
    }
}
