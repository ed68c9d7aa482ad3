//! However fills, events, merges and splits come and go, the trades are those that the ledger makes of all of them at once.

use super::{FILES, Setting, Story, expected, stories};
use ledger::{
    BookStatement, Event, Execution, Fraction, Matched, Side, Timestamp,
    regroup::{self, Along, Merge, Split, Trade},
};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use sqlx::PgConnection;
use std::collections::{BTreeMap, BTreeSet};
use testing::TestDatabase;
use time::{Duration, OffsetDateTime};
use trades::{
    db,
    domain::{
        event::{AccountEvent, EventKey, EventKind},
        fill::{Book, Fill},
        ids::{AccountId, RegroupingId, TradeId},
        instant,
        matching::{stored, terms},
        regrouping::{Cut, Regrouping},
        trade::RoundTrip,
    },
    progress::Progress,
    rebuild::{Touched, rebuild},
    regroup::take_back,
};
use uuid::Uuid;

/// What somebody does before a file is imported: a merge or a split of trades that are there at that time.
#[derive(Clone, Debug)]
struct Wish {
    before_file: usize,
    splits: bool,
    along: Along,
    trade: prop::sample::Index,
    /// Of a merge how many trades, of a split where parts begin.
    more: Vec<prop::sample::Index>,
}

fn wishes() -> impl Strategy<Value = Vec<Wish>> {
    let wish = (
        1..=FILES,
        any::<bool>(),
        prop_oneof![Just(Along::Exits), Just(Along::Entries)],
        any::<prop::sample::Index>(),
        prop::collection::vec(any::<prop::sample::Index>(), 1..3),
    );
    let wish = wish.prop_map(|(before_file, splits, along, trade, more)| Wish {
        before_file,
        splits,
        along,
        trade,
        more,
    });
    prop::collection::vec(wish, 0..6)
}

impl Wish {
    /// In terms of executions; `None` where there is nothing to wish for.
    fn cut(&self, trades: &BTreeMap<TradeId, (Book, RoundTrip)>, story: &Story, present: u8) -> Option<Cut> {
        let mut all: Vec<&(Book, RoundTrip)> = trades.values().collect();
        all.sort_by_key(|(book, trip)| (book, &trip.opening));
        all.retain(|(_, trip)| trip.opening.rank == EventKey::FILL_RANK);
        let place = if all.is_empty() { return None } else { self.trade.index(all.len()) };
        let (book, trip) = all[place];
        if !self.splits {
            let merged = all.iter().skip(place).take(self.more.len() + 1);
            return Some(Cut::Merge(Merge {
                trades: merged.map(|(_, trip)| trip.opening.id.clone()).collect(),
            }));
        }
        let inside = |fill: &Fill| {
            fill.book == *book
                && fill.key() > trip.opening
                && trip.closing.as_ref().is_none_or(|closing| fill.key() <= *closing)
        };
        let fills = story.fills.iter().filter(|(fill, files)| files & present != 0 && inside(fill));
        let fills: Vec<&str> = fills.map(|(fill, _)| fill.execution_id.as_str()).collect();
        let begins: BTreeSet<&str> = self
            .more
            .iter()
            .filter(|_| !fills.is_empty())
            .map(|index| fills[index.index(fills.len())])
            .collect();
        Some(Cut::Split(Split {
            trade: trip.opening.id.clone(),
            along: self.along,
            begins: begins.into_iter().map(str::to_owned).collect(),
        }))
    }
}

/// All books, each matched at once.
fn statements(story: &Story, present: u8) -> BTreeMap<Book, BookStatement> {
    let mut books: BTreeMap<Book, Vec<Event>> = BTreeMap::new();
    for (fill, _) in story.fills.iter().filter(|(_, files)| files & present != 0) {
        books.entry(fill.book.clone()).or_default().push(Event::Fill(fill.to_ledger()));
    }
    for (event, _) in story.events.iter().filter(|(_, files)| files & present != 0) {
        let concerned: Vec<Book> = books.keys().filter(|book| event.concerns(book)).cloned().collect();
        let once = matches!(event.kind, EventKind::Cash { .. } | EventKind::Exercise { .. });
        for book in concerned.into_iter().take(if once { 1 } else { usize::MAX }) {
            books.entry(book).or_default().push(AccountEvent::to_ledger(event));
        }
    }
    let statements = books.into_iter().map(|(book, mut events)| {
        events.sort_by(|left, right| left.key().cmp(&right.key()));
        let mut matching = ledger::Book::new(terms(book.multiplier, story.matching));
        let mut executions = Vec::new();
        for event in &events {
            let effective = matching.apply_event(event).unwrap();
            if effective && !matches!(event, Event::Cash(_) | Event::Split(_)) {
                executions.push(named(event.id(), event.key().0));
            }
        }
        let matched: Matched = matching.finish().unwrap();
        (book, BookStatement { matched, executions })
    });
    statements.collect()
}

fn named(id: &str, time: Timestamp) -> Execution {
    Execution { id: id.to_owned(), time, side: Side::Buy, quantity: Fraction::ZERO, price: Fraction::ZERO }
}

/// The figures of a trade that the ledger and the journal both tell.
type Told = (Book, Option<String>, [Option<OffsetDateTime>; 2], [ledger::Decimal; 7]);

fn told_by_ledger(trade: &Trade<Book>) -> Told {
    let sums = &trade.sums;
    let amounts = [
        &trade.entry_quantity,
        &trade.exit_quantity,
        &sums.gross,
        &sums.net,
        &sums.commissions,
        &sums.fees,
        &sums.other,
    ];
    let times = [Some(trade.opened_at), trade.closed_at].map(|time| time.map(instant::from_ledger));
    (trade.book.clone(), trade.id.part.clone(), times, amounts.map(|amount| stored(amount).unwrap()))
}

fn told_by_journal((book, trip): &(Book, RoundTrip)) -> Told {
    let amounts = [
        trip.entry_quantity,
        trip.exit_quantity,
        trip.gross,
        trip.net,
        trip.commissions,
        trip.fees,
        trip.other,
    ];
    (book.clone(), trip.part.clone(), [Some(trip.opened_at), trip.closed_at], amounts)
}

fn id_of(account: AccountId, trade: &Trade<Book>) -> TradeId {
    match &trade.id.part {
        Some(begins) => TradeId::part_of(account, &trade.id.opening, begins),
        None => TradeId::opened_by(account, &trade.id.opening),
    }
}

struct Check<'a> {
    setting: Setting,
    story: &'a Story,
    made: Vec<Regrouping>,
    present: u8,
}

impl Check<'_> {
    /// Stores the wish, whether it holds or not.
    async fn make(&mut self, tx: &mut PgConnection, wish: &Wish) {
        let plain = expected(self.setting.account.id, self.story, self.present);
        let Some(cut) = wish.cut(&plain, self.story, self.present) else { return };
        let number = i64::try_from(self.made.len()).unwrap();
        let regrouping = Regrouping {
            id: RegroupingId(Uuid::now_v7()),
            account_id: self.setting.account.id,
            cut,
            created_at: OffsetDateTime::UNIX_EPOCH + Duration::seconds(number),
            void: None,
        };
        db::regroupings::insert(&mut *tx, self.setting.user, &regrouping).await.unwrap();
        let mut touched = Touched::default();
        touched.regrouping(&mut *tx, self.setting.user, &regrouping).await.unwrap();
        rebuild(tx, self.setting.cause(0), touched, &Progress::default()).await.unwrap();
        self.made.push(regrouping);
    }

    /// The journal's trades are those that the ledger cuts out of whole books.
    async fn verify(&self, tx: &mut PgConnection, when: &str) {
        let account = self.setting.account.id;
        let (mut asked, mut makers) = (regroup::Regrouping::default(), [Vec::new(), Vec::new()]);
        for one in &self.made {
            match &one.cut {
                Cut::Merge(merge) => {
                    asked.merges.push(merge.clone());
                    makers[0].push(one.id);
                }
                Cut::Split(split) => {
                    asked.splits.push(split.clone());
                    makers[1].push(one.id);
                }
            }
        }
        let cut = asked.apply(&statements(self.story, self.present));
        let expected: BTreeMap<TradeId, Told> =
            cut.trades.iter().map(|trade| (id_of(account, trade), told_by_ledger(trade))).collect();
        let void: BTreeSet<RegroupingId> = cut
            .void
            .iter()
            .map(|error| match error.entry {
                regroup::Entry::Merge(number) => makers[0][number],
                regroup::Entry::Split(number) => makers[1][number],
            })
            .collect();

        let trades = self.setting.trades(&mut *tx).await;
        let found = trades.iter().map(|(id, trade)| (*id, told_by_journal(trade))).collect();
        assert_eq!(expected, found, "{when}: {:?}", self.made);
        let stored = db::regroupings::of_account(&mut *tx, self.setting.user, account).await.unwrap();
        let stored = stored.into_iter().filter(|one| one.void.is_some()).map(|one| one.id).collect();
        assert_eq!(void, stored, "{when}: {:?}", self.made);
    }
}

async fn check(database: &TestDatabase, story: &Story, wishes: &[Wish]) {
    let mut tx = database.pool.begin().await.unwrap();
    let setting = Setting::new(&mut tx, story.matching).await;
    let mut check = Check { setting, story, made: Vec::new(), present: 0 };
    for (number, file) in story.imported.iter().enumerate() {
        let (fills, events) = story.of_file(*file);
        check.setting.import(&mut tx, *file, &fills, &events).await;
        check.present |= 1 << file;
        check.verify(&mut tx, &format!("after importing file {file}")).await;
        for wish in wishes.iter().filter(|wish| wish.before_file == number + 1) {
            check.make(&mut tx, wish).await;
            check.verify(&mut tx, &format!("after {wish:?}")).await;
        }
    }
    for file in &story.undone {
        check.setting.undo(&mut tx, *file).await;
        check.present &= !(1 << file);
        check.verify(&mut tx, &format!("after undoing file {file}")).await;
    }
    while let Some(regrouping) = check.made.pop() {
        take_back(&mut tx, check.setting.cause(0), &regrouping).await.unwrap();
        check.verify(&mut tx, "after taking a regrouping back").await;
    }
    assert_eq!(
        check.setting.trades(&mut tx).await,
        expected(check.setting.account.id, story, check.present),
        "without regroupings"
    );
    tx.rollback().await.unwrap();
}

#[test]
fn trades_are_those_that_the_ledger_cuts_whatever_comes_and_goes() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let database = runtime.block_on(testing::database("rebuild", &trades::migrators()));
    let mut runner = TestRunner::new(Config { cases: 150, failure_persistence: None, ..Config::default() });

    let outcome = runner.run(&(stories(), wishes()), |(story, wishes)| {
        runtime.block_on(check(&database, &story, &wishes));
        Ok(())
    });

    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}
