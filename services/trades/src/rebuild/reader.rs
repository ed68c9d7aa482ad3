//! Reads a book in its order, page by page: its fills, and its events among them.

use crate::{
    db::{self, fills::Start},
    domain::{event::EventKey, fill::Book, ids::AccountId},
};
use identity::UserId;
use ledger::Event;
use sqlx::PgConnection;
use std::sync::Arc;

/// Fills read at once: a book may be far larger than the memory we want to spend.
const PAGE: i64 = 5_000;

/// The events of a book from one place on. Fills come with their asset class, others without.
pub(crate) struct Reader {
    user: UserId,
    account: AccountId,
    book: Arc<Book>,
    has_events: bool,
    /// Where the next page begins; `None` behind the last one.
    start: Option<Start>,
}

impl Reader {
    /// Begins with the event at `from`, if there is one. Without `has_events` only fills are looked for.
    pub(crate) const fn new(
        (user, account): (UserId, AccountId),
        book: Arc<Book>,
        from: EventKey,
        has_events: bool,
    ) -> Self {
        Self { user, account, book, has_events, start: Some(Start::At(from)) }
    }

    /// The next page; `None` at the end.
    pub(crate) async fn next(&mut self, tx: &mut PgConnection) -> sqlx::Result<Option<Vec<(Event, String)>>> {
        let Some(start) = self.start.take() else { return Ok(None) };
        let fills = db::fills::of_book(&mut *tx, self.user, self.account, &self.book, &start, PAGE).await?;
        let mut page: Vec<(Event, String)> =
            fills.into_iter().map(|(fill, asset_class)| (Event::Fill(fill), asset_class)).collect();
        let full = i64::try_from(page.len()) == Ok(PAGE);
        let last = page.last().filter(|_| full).map(|(fill, _)| EventKey::of(fill));
        if self.has_events {
            let (book, last) = (&self.book, last.as_ref());
            let events =
                db::account_events::of_book(&mut *tx, self.user, self.account, book, &start, last).await?;
            page.extend(events.iter().map(|event| (event.to_ledger(), String::new())));
            page.sort_by(|(left, _), (right, _)| left.key().cmp(&right.key()));
        }
        self.start = last.map(Start::Behind);
        Ok(Some(page))
    }
}
