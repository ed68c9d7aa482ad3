//! Statistics through the public API: every path, every filter, every refusal.

use crate::{
    fleet::{Fleet, Plan},
    user::{User, round_trips},
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use testing::eventually;

#[tokio::test(flavor = "multi_thread")]
async fn every_path_answers_filters_and_keeps_users_apart() {
    let fleet = Fleet::start(Plan::default()).await;
    let (user, stranger) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);
    let account = user.create_account("Main").await;
    user.import(&account, "trips.csv", round_trips(6, "101.5")).await;
    user.until_statistics(6).await;
    let ask = async |path: &str| user.get(&format!("/v1/analytics/{path}")).await;

    let summary = ask("summary?symbol=S000&symbol=S001&net=false").await;
    assert_eq!((summary["trades"].clone(), summary["net_pnl"]["amount"].clone()), (json!(2), json!("3")));
    assert_eq!(summary["coverage"], json!({"selected": 2, "measured": 2}));
    assert_eq!(ask("equity?points=5").await["points"][0]["trades"], 6);
    assert_eq!(ask("calendar?unit=percent").await["days"][0]["net_pnl"], "9");
    let rows = ask("breakdown?by=symbol&symbol=S000").await;
    assert_eq!((rows["family"].clone(), rows["rows"][0]["key"].clone()), (json!(6), json!("S000")));
    assert_eq!(ask("distribution?bins=4").await["median"], "1.5");
    let risk = ask("risk?paths=50&seed=7&ruin_loss=1").await;
    assert_eq!((risk["monte_carlo"]["paths"].clone(), risk["drawdowns"].clone()), (json!(50), json!([])));
    let excursions = ask("excursions").await;
    assert_eq!(excursions["notes"]["trades"]["code"], "no-excursions");
    let compared = ask("compare?side=long&a_symbol=S000&b_symbol=S001&b_symbol=S002").await;
    assert_eq!((compared["a"]["trades"].clone(), compared["b"]["trades"].clone()), (json!(1), json!(2)));
    let metrics = user.get("/v1/metrics").await;
    assert!(metrics["items"].as_array().unwrap().iter().any(|metric| metric["id"] == "profit_factor"));
    let theirs = stranger.get(&format!("/v1/analytics/risk?account_id={account}")).await;
    assert_eq!(
        (theirs["monte_carlo"].clone(), theirs["coverage"]["selected"].clone()),
        (Value::Null, json!(0))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_written_on_a_trade_becomes_a_filter() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    user.import(&account, "trips.csv", round_trips(2, "101")).await;
    user.until_statistics(2).await;
    let trade = user.get("/v1/trades").await["items"][0]["id"].as_str().unwrap().to_owned();

    let entry = json!({"tags": ["Breakout"]});
    let written = user.send(Method::PATCH, &format!("/v1/trades/{trade}"), Some(entry)).await;

    assert_eq!(written.status(), StatusCode::OK);
    eventually("the tag to count", async || {
        (user.get("/v1/analytics/summary?tag=breakout").await["trades"] == 1).then_some(())
    })
    .await;
}

/// A user of two trades, and another of one trade; what the first gets is written on the first trade of the user.
async fn one_labelled_of_two(fleet: &Fleet) -> (User, User, String, String) {
    let (user, stranger) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);
    for (trader, trips) in [(&user, 2), (&stranger, 1)] {
        let account = trader.create_account("Main").await;
        trader.import(&account, "trips.csv", round_trips(trips, "101")).await;
        trader.until_statistics(trips as u64).await;
    }
    let playbook = user.send(Method::POST, "/v1/playbooks", Some(json!({"name": "Gap", "rules": []}))).await;
    let playbook: Value = playbook.json().await.unwrap();
    let playbook = playbook["id"].as_str().unwrap().to_owned();
    let trade = user.get("/v1/trades?symbol=S000").await["items"][0]["id"].as_str().unwrap().to_owned();
    let entry =
        json!({"tags": ["Open"], "mistakes": ["No stop", "late"], "rating": 4, "playbook_id": playbook});
    let written = user.send(Method::PATCH, &format!("/v1/trades/{trade}"), Some(entry)).await;
    assert_eq!(written.status(), StatusCode::OK);
    (user, stranger, playbook, trade)
}

/// The groups of a breakdown, and how many trades each has.
async fn groups(user: &User, by: &str) -> Vec<(String, u64)> {
    let breakdown = user.get(&format!("/v1/analytics/breakdown?by={by}")).await;
    let rows = breakdown["rows"].as_array().unwrap().iter();
    rows.map(|row| (row["key"].as_str().unwrap().to_owned(), row["trades"].as_u64().unwrap())).collect()
}

fn one_each(keys: &[&str]) -> Vec<(String, u64)> {
    keys.iter().map(|key| ((*key).to_owned(), 1)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_on_a_trade_becomes_groups_and_filters_of_its_user_alone() {
    let fleet = Fleet::start(Plan::default()).await;
    let (user, stranger, playbook, _) = one_labelled_of_two(&fleet).await;
    let expected = [
        ("tag", one_each(&["open", "none"])),
        ("mistake", one_each(&["late", "no stop", "none"])),
        ("rating", one_each(&["4", "none"])),
        ("playbook", one_each(&[&playbook, "none"])),
    ];

    for (by, rows) in &expected {
        eventually("the label to count", async || (groups(&user, by).await == *rows).then_some(())).await;
        assert_eq!(groups(&stranger, by).await, one_each(&["none"]), "{by}");
    }
    let overlap = async |by: &str| {
        user.get(&format!("/v1/analytics/breakdown?by={by}")).await["rows_overlap"].as_bool()
    };
    assert_eq!((overlap("mistake").await, overlap("rating").await), (Some(true), Some(false)));
    let count = async |trader: &User, query: &str| {
        trader.get(&format!("/v1/analytics/summary?{query}")).await["trades"].as_u64()
    };
    for query in ["mistake=NO%20STOP&mistake=x", "rating=4&rating=1", &format!("playbook_id={playbook}")] {
        assert_eq!((count(&user, query).await, count(&stranger, query).await), (Some(1), Some(0)), "{query}");
    }
    let compared = user.get("/v1/analytics/compare?a_rating=4&b_rating=5").await;
    assert_eq!((compared["a"]["trades"].clone(), compared["b"]["trades"].clone()), (json!(1), json!(0)));

    // A name is the playbook's own; a playbook that is gone is on no trade.
    let path = format!("/v1/playbooks/{playbook}");
    let renamed = user.send(Method::PATCH, &path, Some(json!({"name": "Opening gap"}))).await;
    assert_eq!(renamed.status(), StatusCode::OK);
    assert_eq!(groups(&user, "playbook").await, one_each(&[&playbook, "none"]));
    assert_eq!(user.send(Method::DELETE, &path, None).await.status(), StatusCode::NO_CONTENT);
    eventually("the playbook to be gone", async || {
        (groups(&user, "playbook").await == [("none".to_owned(), 2)]).then_some(())
    })
    .await;
    assert_eq!(groups(&user, "rating").await, one_each(&["4", "none"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn labels_that_a_release_of_before_did_not_keep_are_read_before_they_are_counted() {
    let fleet = Fleet::start(Plan::default()).await;
    let (user, _, playbook, trade) = one_labelled_of_two(&fleet).await;
    eventually("the label to count", async || {
        (groups(&user, "rating").await == one_each(&["4", "none"])).then_some(())
    })
    .await;
    // As such a release leaves a row: it knows the entry, and the columns are what the migration made of them.
    let forgotten = sqlx::query(
        "UPDATE trades SET labels_version = DEFAULT, mistakes = DEFAULT, rating = DEFAULT, playbook_id = DEFAULT
         WHERE id = $1::uuid AND journal_version > 0",
    );
    let forgotten = forgotten.bind(&trade).execute(&fleet.analytics.every_row).await.unwrap();
    assert_eq!(forgotten.rows_affected(), 1);

    let summary = user.get("/v1/analytics/summary?mistake=late").await;
    assert_eq!(summary["trades"], 1);
    assert_eq!(groups(&user, "playbook").await, one_each(&[&playbook, "none"]));
    assert_eq!(groups(&user, "rating").await, one_each(&["4", "none"]));
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM trades WHERE labels_version < journal_version")
        .fetch_one(&fleet.analytics.every_row)
        .await
        .unwrap();
    assert_eq!(left, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_set_on_an_account_moves_its_days_and_cash_its_equity() {
    let fleet = Fleet::start(Plan::default()).await;
    let (user, stranger) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);
    let account = user.create_account("Main").await;
    let path = format!("/v1/accounts/{account}");
    // Bought on a Sunday, sold at 18:30 in Chicago: Monday's session of CME.
    let file = "execution_id,timestamp,symbol,side,quantity,price\nb,2026-01-11T23:30:00Z,ES,buy,1,100\n\
                s,2026-01-12T00:30:00Z,ES,sell,1,110\n";
    user.import(&account, "fills.csv", file.to_owned()).await;
    user.until_statistics(1).await;
    let calendars = user.get("/v1/calendars").await;
    assert_eq!(calendars["items"][3]["day_begins"], "17:00");

    for (body, status) in [
        (json!({"session_calendar": "moon"}), StatusCode::UNPROCESSABLE_ENTITY),
        (json!({"session_calendars": "cme"}), StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        assert_eq!(user.send(Method::PATCH, &path, Some(body)).await.status(), status);
    }
    let theirs = stranger.send(Method::PATCH, &path, Some(json!({"session_calendar": "cme"}))).await;
    assert_eq!(theirs.status(), StatusCode::NOT_FOUND);
    let change = json!({"session_calendar": "cme", "time_zone": "America/Chicago",
                        "opening_balance": {"amount": "100", "currency": "USD"}});
    let changed: Value = user.send(Method::PATCH, &path, Some(change)).await.json().await.unwrap();
    assert_eq!(changed["session_calendar"], "cme");
    let deposit = json!({"kind": "deposit", "amount": "900", "booked_at": "2026-01-12T15:00:00Z"});
    let entered = user.send(Method::POST, &format!("{path}/cash"), Some(deposit)).await;
    assert_eq!(entered.status(), StatusCode::CREATED);

    let point = eventually("calendar and deposit to count", async || {
        let point = user.get("/v1/analytics/equity").await["points"][0].clone();
        (point["day"] == "2026-01-12" && point["equity"] == "1010").then_some(point)
    })
    .await;
    assert_eq!((point["flow"].clone(), point["twr_index"].clone()), (json!("900"), json!(1.01)));
    let rebuilt = user.send(Method::POST, "/v1/analytics/rebuild", None).await;
    assert_eq!(rebuilt.status(), StatusCode::OK);
    assert_eq!(user.get("/v1/analytics/equity").await["points"][0], point);
    let removed = user.send(Method::PATCH, &path, Some(json!({"session_calendar": null}))).await;
    assert_eq!(removed.json::<Value>().await.unwrap()["session_calendar"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_422_and_named() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;

    for (path, field) in [
        ("summary?colour=red", "colour"),
        ("summary?unit=pips", "unit"),
        ("summary?net=maybe", "net"),
        ("summary?side=long&side=short", "side"),
        ("summary?from=yesterday", "from"),
        ("summary?hour=24", "hour"),
        ("summary?account_id=mine", "account_id"),
        ("summary?rating=6", "rating"),
        ("summary?mistake=", "mistake"),
        ("compare?b_playbook_id=gap", "playbook_id"),
        ("summary?min_price=cheap", "min_price"),
        ("equity?points=0", "points"),
        ("equity?points=2", "points"),
        ("breakdown", "by"),
        ("breakdown?by=moon", "by"),
        ("distribution?bins=1000", "bins"),
        ("risk?paths=10001", "paths"),
        ("risk?seed=-1", "seed"),
        ("excursions?limit=0", "limit"),
        ("excursions?colour=red", "colour"),
        ("compare?a_from=yesterday", "a_from"),
        ("compare?c_symbol=A", "c_symbol"),
    ] {
        let answer = user.send(Method::GET, &format!("/v1/analytics/{path}"), None).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(problem["errors"][0]["field"], field, "{path}: {problem}");
    }
}
