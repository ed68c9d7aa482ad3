//! From a user's own price bars to excursions and efficiency.

use crate::{
    fleet::{Fleet, Plan},
    user::User,
};
use reqwest::{Method, Response, StatusCode, header};
use serde_json::{Value, json};
use std::fmt::Write as _;
use testing::eventually;

const FILE: &str = "timestamp,symbol,side,quantity,price,execution_id\n\
    2026-01-05T14:30:00Z,AAPL,buy,10,100,a\n\
    2026-01-05T14:40:00Z,AAPL,sell,10,104,b\n";

/// A bar for each minute in New York, which falls to 98 and then rises to 106.
fn minutes() -> String {
    let mut file = "Date,Open,High,Low,Close\n".to_owned();
    for minute in 29..42 {
        let (low, high) = match minute {
            33 => (98, 100),
            36 => (100, 106),
            _ => (100, 104),
        };
        writeln!(file, "2026-01-05 09:{minute}:00,100,{high},{low},100").unwrap();
    }
    file
}

async fn put(user: &User, query: &str, kind: &str, body: impl Into<reqwest::Body>) -> Response {
    let request = user.client.put(format!("{}/v1/bars{query}", user.gateway));
    request
        .bearer_auth(&user.access_token)
        .header(header::CONTENT_TYPE, kind)
        .body(body)
        .send()
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_bars_says_how_far_trades_went() {
    let fleet = Fleet::start(Plan::default()).await;
    let (user, other) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);
    let account = user.create_account("Main").await;
    user.import(&account, "trades.csv", FILE).await;
    user.until_statistics(1).await;

    let taken = put(&user, "?symbol=AAPL&time_zone=America/New_York", "text/csv", minutes()).await;

    assert_eq!(taken.status(), StatusCode::OK);
    let taken: Value = taken.json().await.unwrap();
    assert_eq!((&taken["interval_seconds"], &taken["changed_trades"]), (&json!(60.0), &json!(1)), "{taken}");
    assert_eq!(taken["rows"], json!({"total": 13, "read": 13, "skipped": 0, "rejected": 0}));
    let trade = user.get("/v1/trades").await["items"][0].clone();
    let told =
        ["low_price", "high_price", "mae", "mfe", "excursion_source"].map(|field| trade[field].clone());
    assert_eq!(told, ["98", "106", "-20", "60", "bars"]);
    // 10 of 100 to 104, of a range from 98 to 106.
    let excursions = eventually("the bars to count", async || {
        let excursions = user.get("/v1/analytics/excursions").await;
        (excursions["coverage"]["measured"] == 1).then_some(excursions)
    })
    .await;
    assert_eq!(excursions["average_mae"], json!({"amount": "-20", "currency": "USD"}), "{excursions}");
    let first = &excursions["trades"][0];
    let shares =
        ["entry_efficiency", "exit_efficiency", "total_efficiency"].map(|field| first[field].clone());
    assert_eq!(shares, [0.75, 0.75, 0.5]);
    assert_eq!(first["source"], "bars");

    assert_eq!(user.get("/v1/bars").await["items"][0]["measured_trades"], 1);
    assert_eq!(other.get("/v1/bars").await["items"], json!([]));
    let prices = "/v1/bars/prices?symbol=AAPL&from=2026-01-05T14:29:00Z&to=2026-01-05T14:42:00Z&most=1";
    let drawn = user.get(prices).await["items"][0].clone();
    assert_eq!(
        [&drawn["high"], &drawn["low"], &drawn["bars"]],
        [&json!("106"), &json!("98"), &json!(13)],
        "{drawn}"
    );
    assert_eq!(other.get(prices).await["items"], json!([]));
    let nothing = other.send(Method::DELETE, "/v1/bars?symbol=AAPL", None).await;
    assert_eq!(nothing.status(), StatusCode::NOT_FOUND);
    let forgotten = user.send(Method::DELETE, "/v1/bars?symbol=AAPL", None).await;
    assert_eq!(forgotten.json::<Value>().await.unwrap(), json!({"deleted_bars": 13, "changed_trades": 1}));
    eventually("the bars to count no more", async || {
        let excursions = user.get("/v1/analytics/excursions").await;
        (excursions["coverage"]["measured"] == 0).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_file_of_bars_is_refused_by_name() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;

    for (query, kind, body, status, named) in [
        ("?symbol=X", "text/csv", "time,price\n1,2\n", 422, "file"),
        ("?symbol=X", "text/csv; charset=utf-8", "", 422, "file"),
        ("", "text/csv", "a", 422, "symbol"),
        ("?symbol=X&zone=UTC", "text/csv", "a", 422, "zone"),
        ("?symbol=X&time_zone=Mars", "text/csv", "a", 422, "time_zone"),
        ("?symbol=X&date_order=year_first", "text/csv", "a", 422, "date_order"),
        ("?symbol=X", "application/json", "{}", 415, ""),
    ] {
        let answer = put(&user, query, kind, body).await;
        assert_eq!(answer.status(), status, "{query} {kind}");
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(problem["errors"][0]["field"].as_str().unwrap_or_default(), named, "{problem}");
    }
    let large = put(&user, "?symbol=X", "text/csv", vec![b'1'; 15 * 1024 * 1024 + 1]).await;
    assert_eq!(large.status(), StatusCode::PAYLOAD_TOO_LARGE);
}
