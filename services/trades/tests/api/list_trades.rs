//! Lists trades.

use crate::support::{Journal, User, assert_field, csv, page};
use journal_proto::{
    Timestamp,
    trades::v1::{ListTradesRequest, ListTradesResponse, TradeFilter, UpdateTradeRequest},
};
use tonic::Status;
use trades::domain::page::{TradePlace, TradeSort};
use uuid::Uuid;

async fn list(user: &User, sort: &str, limit: u32, cursor: &str) -> Result<ListTradesResponse, Status> {
    let request = ListTradesRequest {
        sort: sort.to_owned(),
        page: Some(page(limit, cursor)),
        ..ListTradesRequest::default()
    };
    Ok(user.client.clone().list_trades(user.request(request)).await?.into_inner())
}

/// A winner, a loser, a scratch and an open trade.
async fn four_trades(journal: &Journal) -> User {
    let user = journal.user();
    let account = user.account("Main").await;
    let rows = csv([
        "a,1,AAPL,buy,10,100,0",
        "b,10,AAPL,sell,10,101,0",
        "c,2,MSFT,sell,10,100,0",
        "d,5,MSFT,buy,10,101,0",
        "e,3,TSLA,buy,1,100,0",
        "f,20,TSLA,sell,1,100,0",
        "g,4,NVDA,buy,1,100,0",
    ]);
    user.imported(&account, rows).await;
    user
}

#[tokio::test]
async fn the_four_orders_page_through_all_trades() {
    let journal = Journal::start().await;
    let user = four_trades(&journal).await;

    // The open trade stands where it opened.
    for (sort, expected) in [
        ("", ["TSLA", "AAPL", "MSFT", "NVDA"]),
        ("-closed_at", ["TSLA", "AAPL", "MSFT", "NVDA"]),
        ("closed_at", ["NVDA", "MSFT", "AAPL", "TSLA"]),
        ("-opened_at", ["NVDA", "TSLA", "MSFT", "AAPL"]),
        ("opened_at", ["AAPL", "MSFT", "TSLA", "NVDA"]),
    ] {
        let first = list(&user, sort, 3, "").await.unwrap();
        let rest = list(&user, sort, 3, &first.next_cursor).await.unwrap();
        let symbols: Vec<String> =
            first.trades.into_iter().chain(rest.trades).map(|trade| trade.symbol).collect();
        assert_eq!(
            (symbols.as_slice(), rest.next_cursor.as_str()),
            (expected.map(str::to_owned).as_slice(), "")
        );
    }
}

#[tokio::test]
async fn filters_narrow_the_list() {
    let journal = Journal::start().await;
    let user = four_trades(&journal).await;
    let nvda = user.trades().await.remove(3);
    let request = UpdateTradeRequest {
        trade_id: nvda.id,
        notes: Some("bought the RUMOUR 100%_".to_owned()),
        tags: vec!["Gap & Go".to_owned()],
        replace_tags: true,
        ..UpdateTradeRequest::default()
    };
    user.client.clone().update_trade(user.request(request)).await.unwrap();
    let any = TradeFilter::default;
    let minute = |n: i64| Some(Timestamp { seconds: 1_767_571_200 + n * 60, nanos: 0 });

    for (expected, filter) in [
        (vec!["AAPL", "MSFT", "TSLA", "NVDA"], any()),
        (vec!["MSFT"], TradeFilter { side: "short".to_owned(), ..any() }),
        (vec!["AAPL"], TradeFilter { symbol: "AAPL".to_owned(), ..any() }),
        (vec!["NVDA"], TradeFilter { status: "open".to_owned(), ..any() }),
        (vec!["AAPL", "MSFT", "TSLA"], TradeFilter { status: "closed".to_owned(), ..any() }),
        (vec!["AAPL"], TradeFilter { outcome: "win".to_owned(), ..any() }),
        (vec!["MSFT"], TradeFilter { outcome: "loss".to_owned(), ..any() }),
        (vec!["TSLA"], TradeFilter { outcome: "scratch".to_owned(), ..any() }),
        (vec!["NVDA"], TradeFilter { tag: "gap & go".to_owned(), ..any() }),
        (vec![], TradeFilter { tag: "gap".to_owned(), ..any() }),
        (vec!["NVDA"], TradeFilter { text: "rumour".to_owned(), ..any() }),
        (vec!["NVDA"], TradeFilter { text: "100%_".to_owned(), ..any() }),
        (vec![], TradeFilter { text: "1%0".to_owned(), ..any() }),
        (vec!["NVDA"], TradeFilter { text: "& g".to_owned(), ..any() }),
        (vec!["TSLA"], TradeFilter { text: "tsl".to_owned(), ..any() }),
        (vec!["AAPL", "MSFT"], TradeFilter { from: minute(5), to: minute(20), ..any() }),
        (vec!["NVDA"], TradeFilter { to: minute(5), ..any() }),
        (vec![], TradeFilter { account_id: Uuid::now_v7().to_string(), ..any() }),
    ] {
        let told = format!("{filter:?}");
        let symbols: Vec<String> =
            user.trades_of(filter).await.into_iter().map(|trade| trade.symbol).collect();
        assert_eq!(symbols, expected, "{told}");
    }
}

#[tokio::test]
async fn malformed_requests_are_refused_by_field() {
    let journal = Journal::start().await;
    let user = four_trades(&journal).await;
    let cursor = list(&user, "closed_at", 1, "").await.unwrap().next_cursor;

    assert_field(&list(&user, "price", 1, "").await.unwrap_err(), "sort");
    assert_field(&list(&user, "closed_at", 201, "").await.unwrap_err(), "limit");
    assert_field(&list(&user, "closed_at", 1, "x").await.unwrap_err(), "cursor");
    assert_field(&list(&user, "opened_at", 1, &cursor).await.unwrap_err(), "cursor");
    for (field, filter) in [
        ("account_id", TradeFilter { account_id: "1".to_owned(), ..TradeFilter::default() }),
        ("side", TradeFilter { side: "buy".to_owned(), ..TradeFilter::default() }),
        ("status", TradeFilter { status: "won".to_owned(), ..TradeFilter::default() }),
        ("outcome", TradeFilter { outcome: "even".to_owned(), ..TradeFilter::default() }),
        ("tag", TradeFilter { tag: "a\0".to_owned(), ..TradeFilter::default() }),
        ("text", TradeFilter { text: "x".repeat(201), ..TradeFilter::default() }),
        ("from", TradeFilter { from: Some(Timestamp { seconds: 0, nanos: -1 }), ..TradeFilter::default() }),
    ] {
        let request = ListTradesRequest { filter: Some(filter), ..ListTradesRequest::default() };
        let refused = user.client.clone().list_trades(user.request(request)).await.unwrap_err();
        assert_field(&refused, field);
    }
}

/// Trades of one user, every other one still open at its end.
const MANY_TRADES: &str = "
INSERT INTO trades (user_id, id, account_id, symbol, currency, multiplier, asset_class, side, quantity, peak_quantity,
                    entry_quantity, exit_quantity, average_entry, opened_at, opening_at, opening_sequence, opening_execution_id,
                    opening_closed_quantity, closed_at, gross_pnl, net_pnl, commissions, fees, fill_count, version)
SELECT $1, gen_random_uuid(), $2, 'X' || n, 'USD', 1, 'stock', 'long', 0, 1, 1, 1, 1,
       timestamptz '2020-01-01' + n * interval '1 minute', timestamptz '2020-01-01' + n * interval '1 minute', n, 'e' || n, 0,
       CASE WHEN n % 2 = 0 THEN timestamptz '2020-01-01' + n * interval '1 hour' END, 1, n, 0, 0, 2, 1
FROM generate_series(1, $3) AS n";

/// Something is written about each of them, planned for it and known of its way.
const ALL_ABOUT_THEM: [&str; 4] = [
    "INSERT INTO trade_journal (user_id, trade_id, account_id, notes, tags, version)
     SELECT user_id, id, account_id, 'note', '{}', 1 FROM trades",
    "INSERT INTO trade_plans (user_id, trade_id, account_id, stop) SELECT user_id, id, account_id, 1 FROM trades",
    "INSERT INTO trade_excursions (user_id, trade_id, mae) SELECT user_id, id, 1 FROM trades",
    "INSERT INTO bar_excursions (user_id, trade_id, low, high, mae, mfe) SELECT user_id, id, 1, 2, -1, 1 FROM trades",
];

/// Rows that this transaction read so far: of `trades`, and of each table beside it.
const READ: &str = "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables
     WHERE relname IN ('trades', 'trade_journal', 'trade_plans', 'trade_excursions', 'bar_excursions')
     ORDER BY relname <> 'trades', relname";

#[tokio::test]
async fn a_page_reads_as_many_rows_as_it_shows_however_many_there_are() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    many_trades(&journal, &user, &account.id, 50_000).await;
    // Of what was never counted PostgreSQL knows nothing: as after a first import.
    read_pages(&journal, &user).await;
    // Most users have few trades, so PostgreSQL thinks that everybody has.
    for _ in 0..300 {
        let another = journal.user();
        let account = another.account("Main").await;
        many_trades(&journal, &another, &account.id, 5).await;
    }
    sqlx::query("ANALYZE trades").execute(&journal.database.every_row).await.unwrap();
    read_pages(&journal, &user).await;

    for about in ALL_ABOUT_THEM {
        sqlx::query(about).execute(&journal.database.every_row).await.unwrap();
    }
    read_pages(&journal, &user).await;

    sqlx::query("ANALYZE").execute(&journal.database.every_row).await.unwrap();
    read_pages(&journal, &user).await;
}

async fn many_trades(journal: &Journal, user: &User, account: &str, count: i32) {
    sqlx::query(MANY_TRADES)
        .bind(user.id.0)
        .bind(account.parse::<Uuid>().unwrap())
        .bind(count)
        .execute(&journal.database.every_row)
        .await
        .unwrap();
}

async fn read_pages(journal: &Journal, user: &User) {
    for sort in ["-closed_at", "closed_at", "-opened_at", "opened_at", "-net_pnl", "net_pnl"] {
        let first = list(user, sort, 50, "").await.unwrap();
        let sort = TradeSort::parse(sort).unwrap();
        let place = TradePlace::of_cursor(&first.next_cursor, sort).unwrap();
        let settings = &trades::db::plans::NEXT_IN_ORDER;
        let pool = &journal.database.pool;
        let mut tx = runtime::postgres::snapshot_with(pool, user.id.0, settings).await.unwrap();
        let filter = trades::domain::trade_filter::TradeFilter::default();
        let before: Vec<i64> = sqlx::query_scalar(READ).fetch_all(&mut *tx).await.unwrap();
        let second = trades::db::trades::list(&mut *tx, user.id, &filter, sort, place, 51).await.unwrap();
        let after: Vec<i64> = sqlx::query_scalar(READ).fetch_all(&mut *tx).await.unwrap();

        assert_eq!(second.len(), 51);
        let read: Vec<i64> = after.iter().zip(&before).map(|(after, before)| after - before).collect();
        // Among net results the index begins with those that are as large as the last one.
        let beside = i64::from(matches!(place, Some(TradePlace::Net { .. })));
        assert_eq!(read[0], 51 + beside, "{sort:?}");
        assert!(read.len() == 5 && read.iter().skip(1).all(|&rows| rows <= 51), "{sort:?}: {read:?}");
    }
}

#[tokio::test]
async fn trades_by_their_net_are_all_there_once_in_both_directions() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let prices = ["101", "99", "100.1", "101", "100.0000000000000000000001", "100", "101", "98"];
    let rows: Vec<String> = prices
        .iter()
        .enumerate()
        .flat_map(|(n, price)| {
            [format!("o{n},{},S{n},buy,1,100,0", 2 * n), format!("c{n},{},S{n},sell,1,{price},0", 2 * n + 1)]
        })
        .collect();
    user.imported(&account, csv(rows.iter().map(String::as_str))).await;
    let listed = async |sort: &str| {
        let (mut nets, mut cursor) = (Vec::new(), String::new());
        loop {
            let request =
                ListTradesRequest { page: Some(page(3, &cursor)), sort: sort.to_owned(), filter: None };
            let answer = user.client.clone().list_trades(user.request(request)).await.unwrap().into_inner();
            nets.extend(answer.trades.into_iter().map(|trade| trade.net_pnl));
            cursor = answer.next_cursor;
            if cursor.is_empty() {
                return nets;
            }
        }
    };

    let mut up = listed("net_pnl").await;
    assert_eq!(up, ["-2", "-1", "0", "0.0000000000000000000001", "0.1", "1", "1", "1"]);
    up.reverse();
    assert_eq!(listed("-net_pnl").await, up);
}
