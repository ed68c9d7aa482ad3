//! Which books a rebuild has to match again, and from where.

use crate::{
    db,
    domain::{
        event::EventKey,
        fill::Book,
        ids::{AccountId, EventId, FillId},
        regrouping::Regrouping,
    },
};
use identity::UserId;
use sqlx::PgConnection;
use std::{
    borrow::Borrow,
    collections::{BTreeMap, BTreeSet},
};

/// Books whose fills changed and symbols whose events did, each with the first place at which they did.
#[derive(Debug, Default)]
pub struct Touched {
    books: BTreeMap<Book, EventKey>,
    symbols: BTreeMap<String, EventKey>,
    excursions: BTreeSet<FillId>,
    gone_flows: Vec<EventId>,
}

impl Touched {
    /// The fills of `book` changed at `key`.
    pub fn book(&mut self, book: &Book, key: EventKey) {
        touch(&mut self.books, book, key);
    }

    /// The events in `symbol` changed at `key`.
    pub fn symbol(&mut self, symbol: &str, key: EventKey) {
        touch(&mut self.symbols, symbol, key);
    }

    /// Files tell otherwise now how far the trades went that these fills close.
    pub fn excursions(&mut self, fills: Vec<FillId>) {
        self.excursions.extend(fills);
    }

    /// Gives the fills of which files tell otherwise now.
    pub(super) fn take_excursions(&mut self) -> Vec<FillId> {
        std::mem::take(&mut self.excursions).into_iter().collect()
    }

    /// A merge or a split was made or taken back, or counts otherwise now.
    pub async fn regrouping(
        &mut self,
        tx: &mut PgConnection,
        user: UserId,
        regrouping: &Regrouping,
    ) -> sqlx::Result<()> {
        let openings: Vec<&str> = regrouping.cut.openings().iter().map(String::as_str).collect();
        let places = db::regroupings::places(tx, user, regrouping.account_id, &openings).await?;
        for (book, key) in places.into_values() {
            self.book(&book, key);
        }
        Ok(())
    }

    /// These deposits and withdrawals are no more.
    pub fn remove_flows(&mut self, gone: Vec<EventId>) {
        self.gone_flows.extend(gone);
    }

    /// The deposits and withdrawals that are no more.
    pub(super) fn gone_flows(&self) -> &[EventId] {
        &self.gone_flows
    }

    /// Whether no trade can have changed.
    pub fn is_empty(&self) -> bool {
        self.books.is_empty() && self.symbols.is_empty() && self.excursions.is_empty()
    }

    /// The books to match again, and those of their symbols that have events.
    ///
    /// Where one symbol has several books in a currency, money counts in one of them only, and which one it is may have
    /// changed with the fills: all of them are matched again from the first such event.
    pub(super) async fn expand(
        mut self,
        tx: &mut PgConnection,
        user: UserId,
        account: AccountId,
    ) -> sqlx::Result<(BTreeMap<Book, EventKey>, BTreeSet<String>)> {
        let symbols: BTreeSet<String> =
            self.books.keys().map(|book| book.symbol.clone()).chain(self.symbols.keys().cloned()).collect();
        let symbols: Vec<&str> = symbols.iter().map(String::as_str).collect();
        let eventful = db::account_events::held_symbols(&mut *tx, user, account, &symbols).await?;
        let touched: Vec<&str> = self
            .symbols
            .keys()
            .chain(&eventful)
            .map(String::as_str)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        if touched.is_empty() {
            return Ok((self.books, eventful));
        }
        let mut books: BTreeSet<Book> =
            db::account_events::books_of(&mut *tx, user, account, &touched).await?.into_iter().collect();
        let firsts = db::account_events::count_in_one_book(&mut *tx, user, account, &touched).await?;
        for book in &books {
            if let Some(key) = self.symbols.get(&book.symbol) {
                touch(&mut self.books, book, key.clone());
            }
        }
        books.extend(self.books.keys().cloned());
        for (symbol, first) in firsts {
            self.touch_siblings(&books, &symbol, &first);
        }
        Ok((self.books, eventful))
    }

    fn touch_siblings(&mut self, books: &BTreeSet<Book>, symbol: &str, first: &EventKey) {
        let of_symbol: Vec<&Book> = books.iter().filter(|book| book.symbol == symbol).collect();
        for book in &of_symbol {
            let siblings = of_symbol.iter().filter(|other| other.currency == book.currency);
            if siblings.count() > 1 {
                touch(&mut self.books, *book, first.clone());
            }
        }
    }
}

fn touch<K, Q>(places: &mut BTreeMap<K, EventKey>, what: &Q, key: EventKey)
where
    K: Ord + Borrow<Q>,
    Q: ?Sized + Ord + ToOwned<Owned = K>,
{
    match places.get_mut(what) {
        Some(first) if *first <= key => {}
        Some(first) => *first = key,
        None => drop(places.insert(what.to_owned(), key)),
    }
}
