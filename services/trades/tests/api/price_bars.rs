//! How far trades went comes from price bars that their owner brings.

use crate::support::{Journal, User, assert_field, assert_not_found, csv, reason};
use journal_proto::trades::v1::{
    BarSeries, DeleteBarsRequest, DeleteBarsResponse, ListBarsRequest, ListPricesRequest, PriceBar,
    PutBarsRequest, PutBarsResponse, Trade, bar_service_client::BarServiceClient,
};
use runtime::grpc::Link;
use std::fmt::Write as _;
use tonic::Status;

/// Long 10 from minute 10, 10 more at minute 20, half out at minute 30, the rest at minute 40.
const TRIP: [&str; 4] =
    ["a,10,X,buy,10,100,1", "b,20,X,buy,10,110,1", "c,30,X,sell,10,104,1", "d,40,X,sell,10,106,1"];

fn client(journal: &Journal) -> BarServiceClient<Link> {
    BarServiceClient::new(journal.channel())
}

async fn put(
    journal: &Journal,
    user: &User,
    symbol: &str,
    file: impl AsRef<[u8]>,
) -> Result<PutBarsResponse, Status> {
    let (symbol, file) = (symbol.to_owned(), file.as_ref().to_vec());
    let request = PutBarsRequest { symbol, file, ..PutBarsRequest::default() };
    Ok(client(journal).put_bars(user.request(request)).await?.into_inner())
}

async fn delete(journal: &Journal, user: &User, symbol: &str) -> Result<DeleteBarsResponse, Status> {
    let request = DeleteBarsRequest { symbol: symbol.to_owned() };
    Ok(client(journal).delete_bars(user.request(request)).await?.into_inner())
}

async fn list(journal: &Journal, user: &User) -> Vec<BarSeries> {
    client(journal).list_bars(user.request(ListBarsRequest {})).await.unwrap().into_inner().series
}

/// Bars of five minutes on 2026-01-05, at 100 but for those that are told: minute, low and high.
fn bars(minutes: std::ops::RangeInclusive<u32>, told: &[(u32, &str, &str)]) -> String {
    let mut file = "time,open,high,low,close\n".to_owned();
    for minute in minutes.step_by(5) {
        let (low, high) =
            told.iter().find(|(at, ..)| *at == minute).map_or(("100", "100"), |(_, low, high)| (low, high));
        writeln!(file, "2026-01-05T{:02}:{:02}:00Z,100,{high},{low},100", minute / 60, minute % 60).unwrap();
    }
    file
}

/// The first ten minutes fall to 97, the next rise to 115 and fall to 99, the last fall to 90 and rise to 112.
fn moves() -> String {
    bars(
        0..=60,
        &[(0, "1", "999"), (15, "97", "101"), (20, "99", "115"), (35, "90", "112"), (45, "1", "999")],
    )
}

fn told(trade: &Trade) -> [&str; 5] {
    [&trade.low_price, &trade.high_price, &trade.mae, &trade.mfe, &trade.excursion_source]
}

#[tokio::test]
async fn bars_between_the_fills_say_how_far_a_trade_went() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(TRIP)).await;
    let before = user.trades().await.remove(0);
    assert_eq!(told(&before), [""; 5]);

    let taken = put(&journal, &user, "X", moves()).await.unwrap();

    // 10 at 97: -30. Then 20 with 2,100 paid: at 99 -120, at 115 200. 10 sold at 104, and 10 with 1,060 paid: at 90 -160.
    let trade = user.trades().await.remove(0);
    assert_eq!(told(&trade), ["90", "115", "-160", "200", "bars"]);
    assert!(trade.version > before.version);
    assert_eq!(
        Trade { version: 0, ..trade },
        Trade {
            low_price: "90".to_owned(),
            high_price: "115".to_owned(),
            mae: "-160".to_owned(),
            mfe: "200".to_owned(),
            excursion_source: "bars".to_owned(),
            version: 0,
            ..before
        }
    );
    let series = taken.series.unwrap();
    assert_eq!((series.bars, series.closed_trades, series.measured_trades), (13, 1, 1));
    // The fills at 104 and 106 stand in bars that were at 100 all the time, and so does the one at 110.
    assert_eq!((series.covered_fills, series.fills_outside), (4, 2));
    assert_eq!((taken.interval_milliseconds, taken.changed_trades), (300_000, 1));
    assert_eq!(taken.rows.unwrap().read, 13);
}

#[tokio::test]
async fn the_same_file_again_changes_nothing_and_another_replaces_its_own_time() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(TRIP)).await;
    put(&journal, &user, "X", moves()).await.unwrap();
    let before = user.trades().await;

    let again = put(&journal, &user, "X", moves()).await.unwrap();

    assert_eq!((again.changed_trades, again.series.unwrap().bars), (0, 13));
    assert_eq!(user.trades().await, before);
    // Only from minute 30 to minute 45: there the market stood still.
    let calm = put(&journal, &user, "X", bars(30..=40, &[])).await.unwrap();
    assert_eq!((calm.changed_trades, calm.series.unwrap().bars), (1, 13));
    assert_eq!(told(&user.trades().await[0]), ["97", "115", "-120", "200", "bars"]);
}

#[tokio::test]
async fn trades_that_are_imported_after_the_bars_are_measured_too() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    put(&journal, &user, "X", moves()).await.unwrap();

    user.imported(&account, csv(TRIP)).await;

    assert_eq!(told(&user.trades().await[0]), ["90", "115", "-160", "200", "bars"]);
    assert_eq!(list(&journal, &user).await[0].measured_trades, 1);
    let deleted = delete(&journal, &user, "X").await.unwrap();
    assert_eq!((deleted.deleted_bars, deleted.changed_trades), (13, 1));
    assert_eq!(told(&user.trades().await[0]), [""; 5]);
    assert_not_found(&delete(&journal, &user, "X").await.unwrap_err(), "price bars");
    assert!(list(&journal, &user).await.is_empty());
}

#[tokio::test]
async fn what_the_bars_do_not_cover_stays_unknown() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let quick = ["e,42,X,buy,1,100,0", "f,43,X,sell,1,100,0"];
    let later = ["g,50,X,buy,1,100,0", "h,90,X,sell,1,100,0"];
    user.imported(&account, csv(TRIP.into_iter().chain(quick).chain(later))).await;

    for (file, why) in [
        (bars(15..=60, &[]), "the bars begin after the trade"),
        (bars(0..=30, &[]), "they end before it does"),
        (
            bars(0..=5, &[]) + &bars(60..=90, &[]).replace("time,open,high,low,close\n", ""),
            "there is none when it opens",
        ),
    ] {
        put(&journal, &user, "X", file).await.unwrap();
        assert!(user.trades().await.iter().all(|trade| told(trade) == [""; 5]), "{why}");
        delete(&journal, &user, "X").await.unwrap();
    }
    // Of the trade of one minute no bar says more than its fills; the last one lasts longer than the bars.
    let taken = put(&journal, &user, "X", moves()).await.unwrap();
    assert_eq!(taken.series.unwrap().measured_trades, 1);
    put(&journal, &user, "Y", moves()).await.unwrap();
    assert_eq!(list(&journal, &user).await.iter().map(|one| one.measured_trades).collect::<Vec<_>>(), [1, 0]);
}

#[tokio::test]
async fn a_hole_of_a_week_in_the_bars_leaves_a_trade_unknown() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(["a,0,X,buy,1,100,0", "b,12960,X,sell,1,100,0"])).await;
    let day = |day: u32| format!("2026-01-{day:02}T00:00:00Z,100,101,99,100\n");
    let days = |days: &[u32]| {
        format!("time,open,high,low,close\n{}", days.iter().copied().map(day).collect::<String>())
    };

    put(&journal, &user, "X", days(&[5, 6, 13, 14])).await.unwrap();
    let with_hole = user.trades().await.remove(0);
    put(&journal, &user, "X", days(&[5, 6, 9, 10, 13, 14])).await.unwrap();

    assert_eq!(told(&with_hole), [""; 5]);
    assert_eq!(told(&user.trades().await[0]), ["99", "101", "-1", "1", "bars"]);
}

#[tokio::test]
async fn a_file_that_is_no_price_bars_is_refused_and_nothing_is_lost() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(TRIP)).await;
    put(&journal, &user, "X", moves()).await.unwrap();
    let (before, known) = (user.trades().await, list(&journal, &user).await);

    for garbage in [&b""[..], b"\0\0\0", b"time,price\n1,2\n", b"time,open,high,low,close\n", &[0xff; 4096]] {
        assert_field(&put(&journal, &user, "X", garbage).await.unwrap_err(), "file");
    }
    assert_field(&put(&journal, &user, " ", moves()).await.unwrap_err(), "symbol");
    let request = PutBarsRequest {
        symbol: "X".to_owned(),
        file: moves().into(),
        time_zone: "Mars/Olympus".to_owned(),
        ..PutBarsRequest::default()
    };
    let zone = client(&journal).put_bars(user.request(request)).await.unwrap_err();
    assert_field(&zone, "time_zone");
    // Of a row that is wrong the rest is read, and the row is named.
    let wrong = moves() + "2026-01-05T02:00:00Z,100,1e400,99,100\n2026-01-05T02:05:00Z,100,99,101,100\n";
    let taken = put(&journal, &user, "Z", wrong).await.unwrap();
    assert_eq!((taken.rows.unwrap().read, taken.rows.unwrap().rejected), (13, 2));
    assert_eq!(taken.diagnostics.iter().map(|one| one.line).collect::<Vec<_>>(), [15, 16]);
    delete(&journal, &user, "Z").await.unwrap();

    assert_eq!((user.trades().await, list(&journal, &user).await), (before, known));
}

#[tokio::test]
async fn somebody_elses_bars_measure_nothing_and_are_not_seen() {
    let journal = Journal::start().await;
    let (owner, stranger) = (journal.user(), journal.user());
    let account = owner.account("Main").await;
    owner.imported(&account, csv(TRIP)).await;

    put(&journal, &stranger, "X", moves()).await.unwrap();

    assert_eq!(told(&owner.trades().await[0]), [""; 5]);
    assert!(list(&journal, &owner).await.is_empty());
    assert_not_found(&delete(&journal, &owner, "X").await.unwrap_err(), "price bars");
    assert_eq!(list(&journal, &stranger).await.len(), 1);
}

#[tokio::test]
async fn more_bars_than_anybody_may_have_are_refused_whole() {
    let journal = Journal::start().await;
    let user = journal.user();
    put(&journal, &user, "X", moves()).await.unwrap();
    sqlx::query(
        "INSERT INTO price_bars SELECT $1, 'Y', at, at + interval '1 second', 1, 1, 1, 1
         FROM generate_series(timestamptz '2000-01-01', timestamptz '2000-01-01' + interval '999986 seconds',
                              interval '1 second') AS at",
    )
    .bind(user.id.0)
    .execute(&journal.database.every_row)
    .await
    .unwrap();

    let refused = put(&journal, &user, "Z", moves()).await.unwrap_err();

    assert_eq!(reason(&refused), "too-many-bars");
    assert_eq!(list(&journal, &user).await.len(), 2);
    put(&journal, &user, "X", moves()).await.unwrap();
}

async fn prices(journal: &Journal, user: &User, request: ListPricesRequest) -> Result<Vec<PriceBar>, Status> {
    Ok(client(journal).list_prices(user.request(request)).await?.into_inner().prices)
}

fn of(symbol: &str) -> ListPricesRequest {
    ListPricesRequest { symbol: symbol.to_owned(), ..ListPricesRequest::default() }
}

#[tokio::test]
async fn prices_are_the_bars_and_where_there_are_many_several_as_one() {
    let journal = Journal::start().await;
    let (user, other) = (journal.user(), journal.user());
    let file = "time,open,high,low,close\n2026-01-05T00:00:00Z,1.10,3,1,2\n2026-01-05T00:05:00Z,2,9.5,2,3\n\
                2026-01-05T00:10:00Z,3,4,0.25,4\n2026-01-05T00:15:00Z,4,5,4,4.00000001\n";
    put(&journal, &user, "X", file).await.unwrap();
    let told = |bar: &PriceBar| {
        let seconds = [&bar.starts_at, &bar.ends_at].map(|at| at.unwrap().seconds - 1_767_571_200);
        (seconds, [&bar.open, &bar.high, &bar.low, &bar.close].map(String::clone), bar.bars)
    };
    let texts = |prices: [&str; 4]| prices.map(str::to_owned);

    let all = prices(&journal, &user, of("X")).await.unwrap();
    let two = prices(&journal, &user, ListPricesRequest { most: 2, ..of("X") }).await.unwrap();

    assert_eq!(all.len(), 4);
    assert_eq!(told(&all[0]), ([0, 300], texts(["1.1", "3", "1", "2"]), 1));
    let halves: Vec<_> = two.iter().map(told).collect();
    assert_eq!(
        halves,
        [
            ([0, 600], texts(["1.1", "9.5", "1", "3"]), 2),
            ([600, 1200], texts(["3", "5", "0.25", "4.00000001"]), 2)
        ]
    );
    // Bars that only touch the stretch are not of it.
    let (from, to) = (all[0].ends_at, all[2].starts_at);
    let between = prices(&journal, &user, ListPricesRequest { from, to, ..of("X") }).await.unwrap();
    assert_eq!(between, all[1..2]);
    for nothing in [prices(&journal, &user, of("Y")).await, prices(&journal, &other, of("X")).await] {
        assert_eq!(nothing.unwrap(), []);
    }
}

#[tokio::test]
async fn a_question_for_prices_that_makes_no_sense_is_refused_by_field() {
    let journal = Journal::start().await;
    let user = journal.user();
    let at = Some(journal_proto::Timestamp { seconds: 1_767_571_200, nanos: 0 });

    for (request, field) in [
        (of(""), "symbol"),
        (ListPricesRequest { most: 2_001, ..of("X") }, "most"),
        (ListPricesRequest { most: 65_537, ..of("X") }, "most"),
        (ListPricesRequest { from: at, to: at, ..of("X") }, "to"),
    ] {
        assert_field(&prices(&journal, &user, request).await.unwrap_err(), field);
    }
}
