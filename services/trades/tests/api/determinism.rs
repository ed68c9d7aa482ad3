//! The same records, merges and splits make the same trades, row by row: in any order, in any number of files, under every
//! method.

use identity::UserId;
use ledger::{
    Decimal, Method, Side,
    regroup::{Along, Merge, Split},
};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use runtime::postgres;
use sqlx::PgConnection;
use std::cell::Cell;
use testing::TestDatabase;
use time::{Duration, OffsetDateTime};
use trades::{
    consumers::run_import::{Batch, storing::Storing},
    db::{self, imports::Upload},
    domain::{
        account::Account,
        event::{AccountEvent, EventKind},
        excursion::{Excursion, ToldExcursion},
        fill::{Book, Fill},
        fill_record::{FillContent, FillRecord, RecordKind},
        ids::{AccountId, EventId, FillId, ImportId, RegroupingId},
        price_bar::PriceBar,
        regrouping::{Cut, Regrouping},
    },
    progress::Progress,
    rebuild::{Cause, Touched, measure_again, rebuild},
};
use uuid::Uuid;

/// Something that a file tells.
#[derive(Clone, Debug)]
enum Told {
    /// An execution, and how far the trade went that it closes, where the file says so.
    Fill(Fill, Option<Box<Excursion>>),
    Event(AccountEvent),
    Bust(FillRecord),
}

/// What is told, and two ways of spreading it over files.
#[derive(Clone, Debug)]
struct Story {
    matching: Method,
    told: Vec<Told>,
    /// What the owner merged and split.
    cuts: Vec<(RegroupingId, Cut)>,
    /// The files of one way, in the order in which they are imported, and of the other: indices into `told`.
    ways: [Vec<Vec<usize>>; 2],
    /// The file before which each way makes the merges and splits.
    cut_before: [usize; 2],
    /// The file before which each way brings price bars.
    bars_before: [usize; 2],
}

fn at(second: i64) -> OffsetDateTime {
    OffsetDateTime::UNIX_EPOCH + Duration::seconds(second)
}

fn fill((id, second, buys, lots, price, fee): (u8, i64, bool, i64, i64, i64)) -> Told {
    let worst = (fee >= 0).then(|| Decimal::from(price - 110));
    let excursion = Excursion { mae: worst, mfe: Some(Decimal::from(second)), ..Excursion::default() };
    let fill = Fill {
        id: FillId(Uuid::now_v7()),
        account_id: AccountId(Uuid::nil()),
        import_id: None,
        line: 1,
        book: Book { symbol: format!("S{}", id % 2), currency: "USD".to_owned(), multiplier: Decimal::ONE },
        asset_class: "stock".to_owned(),
        // Few ids for many fills: some are told in several versions.
        execution_id: format!("e{id}"),
        reference: Some(format!("r{id}")),
        voided: false,
        executed_at: at(second),
        sequence: second % 3,
        side: if buys { Side::Buy } else { Side::Sell },
        quantity: Decimal::from(lots),
        price: Decimal::from(price),
        commission: Decimal::from_scaled(fee.into(), 2).unwrap(),
        fees: Decimal::ZERO,
        time_text: String::new(),
        time_source: String::new(),
    };
    // Told of most, in another figure by each version.
    Told::Fill(fill, (price % 4 != 0).then(|| Box::new(excursion)))
}

fn event((n, second, kind, number): (usize, i64, u8, i64)) -> Told {
    let number = Decimal::from(number);
    let kind = match kind {
        0 => EventKind::Split { to: number, from: Decimal::from(3) },
        1 => EventKind::Cash { amount: number },
        2 => EventKind::Expiry { price: number },
        _ => EventKind::Exercise { quantity: number, fee: Decimal::ZERO },
    };
    Told::Event(AccountEvent {
        id: EventId(Uuid::now_v7()),
        account_id: AccountId(Uuid::nil()),
        event_id: format!("event{n}"),
        import_id: None,
        line: 1,
        what: kind.name().to_owned(),
        currency: matches!(kind, EventKind::Cash { .. }).then(|| "USD".to_owned()),
        kind,
        symbol: Some(format!("S{}", n % 2)),
        note: String::new(),
        occurred_at: at(second),
        sequence: 0,
        time_text: String::new(),
        time_source: String::new(),
    })
}

fn bust(n: usize, id: u8, by_reference: bool) -> Told {
    Told::Bust(FillRecord {
        account_id: AccountId(Uuid::nil()),
        kind: RecordKind::Bust,
        record_id: format!("bust{n}"),
        refers_to: if by_reference { format!("r{id}") } else { format!("e{id}") },
        import_id: None,
        line: 1,
        made_at: at(100),
        sequence: 0,
        content: FillContent::default(),
        reason: String::new(),
    })
}

/// Each record in one or more of four files, and the files and their rows in any order.
fn way(records: usize) -> impl Strategy<Value = Vec<Vec<usize>>> {
    let places = prop::collection::vec(1..16_u8, records);
    let rows = Just((0..records).collect::<Vec<_>>()).prop_shuffle();
    (places, rows, Just([0, 1, 2, 3]).prop_shuffle()).prop_map(|(places, rows, files)| {
        let in_file =
            |file: usize| rows.iter().copied().filter(|row| places[*row] & (1 << file) != 0).collect();
        files.into_iter().map(in_file).collect()
    })
}

/// A merge of some of the executions, or a split of one.
fn cut() -> impl Strategy<Value = (RegroupingId, Cut)> {
    let name = |id: &u8| format!("e{id}");
    let ids = prop::collection::btree_set(0..14_u8, 2..4).prop_map(Vec::from_iter);
    (ids, any::<bool>(), any::<bool>()).prop_map(move |(ids, merges, along_exits)| {
        let cut = if merges {
            Cut::Merge(Merge { trades: ids.iter().map(name).collect() })
        } else {
            Cut::Split(Split {
                trade: name(&ids[0]),
                along: if along_exits { Along::Exits } else { Along::Entries },
                begins: ids[1..].iter().map(name).collect(),
            })
        };
        (RegroupingId(Uuid::now_v7()), cut)
    })
}

fn stories() -> impl Strategy<Value = Story> {
    let fills =
        prop::collection::vec((0..14_u8, 0..20_i64, any::<bool>(), 1..5_i64, 90..110_i64, -3..9_i64), 1..24);
    let events = prop::collection::vec((0..20_i64, 0..4_u8, 1..4_i64), 0..5);
    let busts = prop::collection::vec((0..14_u8, any::<bool>()), 0..4);
    let method = prop_oneof![Just(Method::Fifo), Just(Method::Lifo), Just(Method::Average)];
    let cuts = prop::collection::vec(cut(), 0..8);
    (fills, events, busts, method, cuts).prop_flat_map(|(fills, events, busts, matching, cuts)| {
        let mut told: Vec<Told> = fills.into_iter().map(fill).collect();
        told.extend(
            events
                .into_iter()
                .enumerate()
                .map(|(n, (second, kind, number))| event((n, second, kind, number))),
        );
        told.extend(busts.into_iter().enumerate().map(|(n, (id, by_reference))| bust(n, id, by_reference)));
        let ways = [way(told.len()), way(told.len())];
        (ways, [0..5_usize, 0..5], [0..5_usize, 0..5]).prop_map(move |(ways, cut_before, bars_before)| {
            Story { matching, told: told.clone(), cuts: cuts.clone(), ways, cut_before, bars_before }
        })
    })
}

/// Imports the files one after the other into an account of somebody new, and gives the rows of its trades.
async fn rows(tx: &mut PgConnection, account_id: AccountId, story: &Story, way: usize) -> Vec<String> {
    let user = UserId(Uuid::now_v7());
    postgres::act_for(&mut *tx, user.0).await.unwrap();
    let account = Account {
        id: account_id,
        name: "Main".to_owned(),
        broker: String::new(),
        currency: "USD".to_owned(),
        time_zone: "UTC".to_owned(),
        matching: story.matching,
        session_calendar: String::new(),
        opening_balance: None,
        created_at: at(0),
        version: 1,
        revision: 0,
    };
    db::accounts::insert(&mut *tx, user, &account).await.unwrap();
    for (number, file) in story.ways[way].iter().enumerate() {
        if number == story.cut_before[way] {
            cut_all(&mut *tx, user, &account, &story.cuts).await;
        }
        if number == story.bars_before[way] {
            bring_bars(&mut *tx, user, &account).await;
        }
        import(&mut *tx, user, &account, file.iter().map(|row| &story.told[*row])).await;
    }
    if story.cut_before[way] >= story.ways[way].len() {
        cut_all(&mut *tx, user, &account, &story.cuts).await;
    }
    if story.bars_before[way] >= story.ways[way].len() {
        bring_bars(&mut *tx, user, &account).await;
    }
    sqlx::query_scalar(
        "SELECT (to_jsonb(trades) - 'user_id' - 'version' || jsonb_build_object('mae', x.mae, 'mfe', x.mfe)
                || jsonb_build_object('bars', to_jsonb(b) - 'user_id'))::text
         FROM trades LEFT JOIN trade_excursions AS x ON x.user_id = trades.user_id AND x.trade_id = trades.id
              LEFT JOIN bar_excursions AS b ON b.user_id = trades.user_id AND b.trade_id = trades.id
         WHERE trades.user_id = $1 ORDER BY trades.id",
    )
    .bind(user.0)
    .fetch_all(tx)
    .await
    .unwrap()
}

/// A bar for each second of one symbol, up and down.
async fn bring_bars(tx: &mut PgConnection, user: UserId, account: &Account) {
    let bar = |second: i64| PriceBar {
        starts_at: at(second),
        ends_at: at(second + 1),
        open: Decimal::from(100),
        high: Decimal::from(100 + second * 7 % 31),
        low: Decimal::from(100 - second * 5 % 29),
        close: Decimal::from(100),
    };
    let bars: Vec<PriceBar> = (-1..21).map(bar).collect();
    db::price_bars::replace(&mut *tx, user, "S0", &bars).await.unwrap();
    let cause = Cause { user, account, import: None, now: at(0) };
    measure_again(&mut *tx, cause, "S0").await.unwrap();
}

async fn cut_all(tx: &mut PgConnection, user: UserId, account: &Account, cuts: &[(RegroupingId, Cut)]) {
    for ((id, cut), second) in cuts.iter().zip(0..) {
        let (account_id, cut, created_at) = (account.id, cut.clone(), at(second));
        let regrouping = Regrouping { id: *id, account_id, cut, created_at, void: None };
        db::regroupings::insert(&mut *tx, user, &regrouping).await.unwrap();
        let mut touched = Touched::default();
        touched.regrouping(&mut *tx, user, &regrouping).await.unwrap();
        let cause = Cause { user, account, import: None, now: at(0) };
        rebuild(&mut *tx, cause, touched, &Progress::default()).await.unwrap();
    }
}

async fn import(tx: &mut PgConnection, user: UserId, account: &Account, told: impl Iterator<Item = &Told>) {
    let upload = Upload {
        id: ImportId(Uuid::now_v7()),
        account_id: account.id,
        file_name: String::new(),
        object_key: String::new(),
        bytes: 1,
        sha256: [0; 32],
        format: None,
        time_zone: None,
        source_account: None,
        layout: None,
        created_at: at(0),
    };
    db::imports::insert(&mut *tx, user, &upload).await.unwrap();
    let (id, import) = (account.id, Some(upload.id));
    let mut batch = Batch::default();
    for told in told.cloned() {
        match told {
            Told::Fill(fill, excursion) => {
                let execution_id = fill.execution_id.clone();
                let told = excursion.map(|excursion| ToldExcursion { execution_id, excursion: *excursion });
                batch.excursions.extend(told);
                let place = (FillId(Uuid::now_v7()), id, import);
                batch.fills.push(Fill { id: place.0, account_id: place.1, import_id: place.2, ..fill });
            }
            Told::Event(event) => {
                let place = (EventId(Uuid::now_v7()), id, import);
                batch.events.push(AccountEvent {
                    id: place.0,
                    account_id: place.1,
                    import_id: place.2,
                    ..event
                });
            }
            Told::Bust(bust) => batch.busts.push(FillRecord { account_id: id, import_id: import, ..bust }),
        }
    }
    let mut storing = Storing::new(user, &upload, at(0));
    storing.store(&mut *tx, batch).await.unwrap();
    storing.settle(&mut *tx).await.unwrap();
    let cause = Cause { user, account, import, now: at(0) };
    let touched = std::mem::take(&mut storing.touched);
    rebuild(&mut *tx, cause, touched, &Progress::default()).await.unwrap();
}

/// Gives the number of trades that bars measure.
async fn check(database: &TestDatabase, story: Story) -> usize {
    let mut tx = database.pool.begin().await.unwrap();
    // Two users with one account id: a trade's id is made from it.
    let account = AccountId(Uuid::now_v7());

    let one = rows(&mut tx, account, &story, 0).await;
    let other = rows(&mut tx, account, &story, 1).await;

    assert_eq!(one, other);
    tx.rollback().await.unwrap();
    one.iter().filter(|row| row.contains("\"bars\": {")).count()
}

#[test]
fn the_same_records_make_the_same_rows_in_any_order_and_number_of_files() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let database = runtime.block_on(testing::database("determinism", &trades::migrators()));
    let mut runner = TestRunner::new(Config { cases: 150, failure_persistence: None, ..Config::default() });

    let measured = Cell::new(0);
    let outcome = runner.run(&stories(), |story| {
        measured.set(measured.get() + runtime.block_on(check(&database, story)));
        Ok(())
    });

    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    assert!(measured.get() > 50, "bars measure {} trades of all stories", measured.get());
}
