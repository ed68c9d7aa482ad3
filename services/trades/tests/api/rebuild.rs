//! However fills and events come and go, the trades are those of what is there.

mod regrouped;

use identity::UserId;
use ledger::{Decimal, Event, Method, Side};
use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, TestRunner},
};
use sqlx::PgConnection;
use std::collections::BTreeMap;
use testing::TestDatabase;
use time::{Duration, OffsetDateTime};
use trades::{
    db::{self, fill_sightings::Sighting, imports::Upload},
    domain::{
        account::Account,
        event::{AccountEvent, EventKind},
        fill::{Book, Fill},
        ids::{AccountId, EventId, FillId, ImportId, TradeId},
        matching::{Matching, Resume, terms},
        trade::RoundTrip,
    },
    progress::Progress,
    rebuild::{Cause, Touched, rebuild},
    undo::take_back,
};
use uuid::Uuid;

const FILES: usize = 4;

/// Fills and events that stand in one or more of four files, and the order in which these are imported and taken back.
#[derive(Clone, Debug)]
struct Story {
    matching: Method,
    /// Each with the files that hold it, as bits.
    fills: Vec<(Fill, u8)>,
    events: Vec<(AccountEvent, u8)>,
    imported: Vec<usize>,
    undone: Vec<usize>,
}

impl Story {
    /// The fills and events that a file holds.
    fn of_file(&self, file: usize) -> (Vec<Fill>, Vec<AccountEvent>) {
        let here = |files: u8| files & (1 << file) != 0;
        let fills = self.fills.iter().filter(|(_, files)| here(*files)).map(|(fill, _)| fill.clone());
        let events = self.events.iter().filter(|(_, files)| here(*files)).map(|(event, _)| event.clone());
        (fills.collect(), events.collect())
    }
}

fn stories() -> impl Strategy<Value = Story> {
    let fill =
        (0..3_u8, 0..25_i64, 0..3_i64, any::<bool>(), 1..5_i64, 90..110_i64, -3..9_i64, 1..(1_u8 << FILES));
    let event = (0..2_u8, 0..25_i64, 0..3_i64, 0..4_u8, 1..4_i64, 1..(1_u8 << FILES));
    let method = prop_oneof![Just(Method::Fifo), Just(Method::Lifo), Just(Method::Average)];
    let order = Just((0..FILES).collect::<Vec<_>>()).prop_shuffle();
    let undone = Just((0..FILES).collect::<Vec<_>>()).prop_shuffle();
    let (fills, events) = (prop::collection::vec(fill, 1..40), prop::collection::vec(event, 0..8));
    (fills, events, order, undone, 0..=FILES, method).prop_map(
        |(fills, events, imported, undone, count, matching)| {
            let fills = fills.into_iter().enumerate().map(
                |(n, (book, second, sequence, buys, lots, price, fee, files))| {
                    let fill = Fill {
                        id: FillId(Uuid::now_v7()),
                        account_id: AccountId(Uuid::nil()),
                        import_id: None,
                        line: 1,
                        book: Book {
                            symbol: format!("S{}", book / 2),
                            currency: "USD".to_owned(),
                            multiplier: Decimal::from(if book % 2 == 0 { 1 } else { 50 }),
                        },
                        asset_class: "stock".to_owned(),
                        execution_id: format!("e{n}"),
                        reference: None,
                        voided: false,
                        executed_at: OffsetDateTime::UNIX_EPOCH + Duration::seconds(second),
                        sequence,
                        side: if buys { Side::Buy } else { Side::Sell },
                        quantity: Decimal::from(lots),
                        price: Decimal::from(price),
                        commission: Decimal::from_scaled(fee.into(), 2).unwrap(),
                        fees: Decimal::ZERO,
                        time_text: String::new(),
                        time_source: String::new(),
                    };
                    (fill, files)
                },
            );
            let undone = undone.into_iter().take(count).collect();
            let events =
                events.into_iter().enumerate().map(|(n, (book, second, sequence, kind, number, files))| {
                    (event_of(n, (book, second, sequence), kind, number), files)
                });
            Story { matching, fills: fills.collect(), events: events.collect(), imported, undone }
        },
    )
}

/// A split, cash, an expiry or an exercise in one of the symbols.
fn event_of(n: usize, (symbol, second, sequence): (u8, i64, i64), kind: u8, number: i64) -> AccountEvent {
    let number = Decimal::from(number);
    let kind = match kind {
        0 => EventKind::Split { to: number, from: Decimal::from(3) },
        1 => EventKind::Cash { amount: -number },
        2 => EventKind::Expiry { price: number },
        _ => EventKind::Exercise { quantity: number, fee: Decimal::ZERO },
    };
    AccountEvent {
        id: EventId(Uuid::now_v7()),
        account_id: AccountId(Uuid::nil()),
        event_id: format!("event{n}"),
        import_id: None,
        line: 1,
        what: kind.name().to_owned(),
        currency: matches!(kind, EventKind::Cash { .. }).then(|| "USD".to_owned()),
        kind,
        symbol: Some(format!("S{symbol}")),
        note: String::new(),
        occurred_at: OffsetDateTime::UNIX_EPOCH + Duration::seconds(second),
        sequence,
        time_text: String::new(),
        time_source: String::new(),
    }
}

/// The trades that all fills and events make, matched at once.
fn expected(account: AccountId, story: &Story, present: u8) -> BTreeMap<TradeId, (Book, RoundTrip)> {
    let mut books: BTreeMap<Book, Vec<(Event, &str)>> = BTreeMap::new();
    for (fill, _) in story.fills.iter().filter(|(_, files)| files & present != 0) {
        let events = books.entry(fill.book.clone()).or_default();
        events.push((Event::Fill(fill.to_ledger()), &fill.asset_class));
    }
    for (event, _) in story.events.iter().filter(|(_, files)| files & present != 0) {
        let concerned: Vec<Book> = books.keys().filter(|book| event.concerns(book)).cloned().collect();
        let once = matches!(event.kind, EventKind::Cash { .. } | EventKind::Exercise { .. });
        // Books are ordered by multiplier where symbol and currency are the same.
        for book in concerned.into_iter().take(if once { 1 } else { usize::MAX }) {
            books.entry(book).or_default().push((event.to_ledger(), ""));
        }
    }
    let mut trades = BTreeMap::new();
    for (book, mut events) in books {
        events.sort_by(|(left, _), (right, _)| left.key().cmp(&right.key()));
        let mut matching = Matching::new(account, terms(book.multiplier, story.matching), Resume::default());
        let mut trips: Vec<RoundTrip> = events
            .iter()
            .filter_map(|(event, asset_class)| matching.apply(event, asset_class).unwrap())
            .map(|trip| trip.row)
            .collect();
        trips.extend(matching.finish().unwrap().map(|trip| trip.row));
        trades.extend(trips.into_iter().map(|trip| (trip.id, (book.clone(), trip))));
    }
    trades
}

/// An account of somebody new, with four imports that bring nothing yet.
struct Setting {
    user: UserId,
    account: Account,
    imports: Vec<ImportId>,
}

impl Setting {
    async fn new(tx: &mut PgConnection, matching: Method) -> Self {
        let user = UserId(Uuid::now_v7());
        runtime::postgres::act_for(&mut *tx, user.0).await.unwrap();
        let account = Account {
            id: AccountId(Uuid::now_v7()),
            name: "Main".to_owned(),
            broker: String::new(),
            currency: "USD".to_owned(),
            time_zone: "UTC".to_owned(),
            matching,
            session_calendar: String::new(),
            opening_balance: None,
            created_at: OffsetDateTime::UNIX_EPOCH,
            version: 1,
            revision: 0,
        };
        db::accounts::insert(&mut *tx, user, &account).await.unwrap();
        let imports: Vec<ImportId> = (0..FILES).map(|_| ImportId(Uuid::now_v7())).collect();
        for id in &imports {
            let upload = Upload {
                id: *id,
                account_id: account.id,
                file_name: String::new(),
                object_key: String::new(),
                bytes: 1,
                sha256: [0; 32],
                format: None,
                time_zone: None,
                source_account: None,
                layout: None,
                created_at: OffsetDateTime::UNIX_EPOCH,
            };
            db::imports::insert(&mut *tx, user, &upload).await.unwrap();
        }
        Self { user, account, imports }
    }

    fn cause(&self, file: usize) -> Cause<'_> {
        Cause {
            user: self.user,
            account: &self.account,
            import: Some(self.imports[file]),
            now: OffsetDateTime::UNIX_EPOCH,
        }
    }

    async fn import(&self, tx: &mut PgConnection, file: usize, fills: &[Fill], events: &[AccountEvent]) {
        let (user, account, import) = (self.user, self.account.id, self.imports[file]);
        let fills: Vec<Fill> =
            fills.iter().map(|fill| Fill { id: FillId(Uuid::now_v7()), ..fill.clone() }).collect();
        let new = db::fills::insert_new(&mut *tx, user, account, Some(import), &fills).await.unwrap();
        let (new, known): (Vec<&Fill>, Vec<&Fill>) = fills.iter().partition(|fill| new.contains(&fill.id));
        let ids: Vec<&str> = known.iter().map(|fill| fill.execution_id.as_str()).collect();
        let known = db::fills::known(&mut *tx, user, account, &ids).await.unwrap();
        let sightings: Vec<_> =
            known.iter().map(|fill| Sighting { fill: fill.id, line: 1, sequence: fill.sequence }).collect();
        db::fill_sightings::insert(&mut *tx, user, import, &sightings).await.unwrap();
        let mut touched = Touched::default();
        for fill in new {
            touched.book(&fill.book, fill.key());
        }
        self.import_events(&mut *tx, import, events, &mut touched).await;
        rebuild(tx, self.cause(file), touched, &Progress::default()).await.unwrap();
        sqlx::query("UPDATE imports SET status = 'completed' WHERE id = $1")
            .bind(import.0)
            .execute(tx)
            .await
            .unwrap();
    }

    async fn import_events(
        &self,
        tx: &mut PgConnection,
        import: ImportId,
        events: &[AccountEvent],
        touched: &mut Touched,
    ) {
        let (user, account) = (self.user, self.account.id);
        let events: Vec<AccountEvent> = events
            .iter()
            .map(|event| AccountEvent { id: EventId(Uuid::now_v7()), ..event.clone() })
            .collect();
        let new =
            db::account_events::insert_new(&mut *tx, user, account, Some(import), &events).await.unwrap();
        let (new, known): (Vec<&AccountEvent>, Vec<&AccountEvent>) =
            events.iter().partition(|event| new.contains(&event.id));
        let ids: Vec<&str> = known.iter().map(|event| event.event_id.as_str()).collect();
        let known = db::account_events::known(&mut *tx, user, account, &ids).await.unwrap();
        let sightings: Vec<_> = known.iter().map(|event| (event.id, 1)).collect();
        db::account_events::see(&mut *tx, user, import, &sightings).await.unwrap();
        for event in new {
            touched.symbol(event.symbol.as_ref().unwrap(), event.key());
        }
    }

    async fn undo(&self, tx: &mut PgConnection, file: usize) {
        take_back(&mut *tx, self.cause(file), self.imports[file]).await.unwrap();
        db::imports::mark_undone(tx, self.user, self.imports[file]).await.unwrap();
    }

    async fn trades(&self, tx: &mut PgConnection) -> BTreeMap<TradeId, (Book, RoundTrip)> {
        let stored = db::trades::export(tx, self.user, None, 1_000).await.unwrap();
        stored.into_iter().map(|trade| (trade.round_trip.id, (trade.book, trade.round_trip))).collect()
    }
}

async fn check(database: &TestDatabase, story: Story) {
    let mut tx = database.pool.begin().await.unwrap();
    let setting = Setting::new(&mut tx, story.matching).await;
    let account = setting.account.id;
    let mut present: u8 = 0;

    for file in &story.imported {
        let (fills, events) = story.of_file(*file);
        setting.import(&mut tx, *file, &fills, &events).await;
        present |= 1 << file;
        assert_eq!(
            setting.trades(&mut tx).await,
            expected(account, &story, present),
            "after importing file {file}"
        );
    }
    for file in &story.undone {
        setting.undo(&mut tx, *file).await;
        present &= !(1 << file);
        assert_eq!(
            setting.trades(&mut tx).await,
            expected(account, &story, present),
            "after undoing file {file}"
        );
    }
    tx.rollback().await.unwrap();
}

#[test]
fn trades_are_those_of_one_import_whatever_comes_in_which_order_and_goes_again() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let database = runtime.block_on(testing::database("rebuild", &trades::migrators()));
    let mut runner = TestRunner::new(Config { cases: 150, failure_persistence: None, ..Config::default() });

    let outcome = runner.run(&stories(), |story| {
        runtime.block_on(check(&database, story));
        Ok(())
    });

    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

#[tokio::test]
async fn a_rebuild_without_a_difference_writes_nothing() {
    let database = testing::database("rebuild", &trades::migrators()).await;
    let mut tx = database.pool.begin().await.unwrap();
    let setting = Setting::new(&mut tx, Method::Fifo).await;
    let mut runner = TestRunner::deterministic();
    let story = stories().new_tree(&mut runner).unwrap().current();
    let fills: Vec<Fill> = story.fills.into_iter().map(|(fill, _)| fill).collect();
    setting.import(&mut tx, 0, &fills, &[]).await;
    let mut touched = Touched::default();
    for (book, key) in db::fills::touched_by(&mut *tx, setting.user, setting.imports[0]).await.unwrap() {
        touched.book(&book, key);
    }
    assert!(!touched.is_empty());

    let rebuilt = rebuild(&mut tx, setting.cause(1), touched, &Progress::default()).await.unwrap();

    assert_eq!((rebuilt.counts(), rebuilt.removed()), Default::default());
}
