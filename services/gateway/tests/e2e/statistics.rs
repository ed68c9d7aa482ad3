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
