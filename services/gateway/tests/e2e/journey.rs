//! What a user does first: register, import, look, write, take back.

use crate::{
    fleet::{Fleet, Plan},
    user::User,
};
use reqwest::{Method, StatusCode};
use serde_json::json;

const FILE: &str = "timestamp,symbol,side,quantity,price,commission,execution_id\n\
    2026-01-05T14:30:00Z,AAPL,buy,100,243.36,1.00,a\n\
    2026-01-05T15:30:00Z,AAPL,sell,250,245.36,2.50,b\n\
    2026-01-06T15:30:00Z,AAPL,buy,150,246.36,1.50,c\n\
    2026-01-07T15:30:00Z,MSFT,buy,10,400,1.00,d\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_file_becomes_trades_statistics_and_a_live_notice() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    let mut live = user.live("").await;
    assert_eq!(live.next().await.unwrap()["type"], "hello");

    let import = user.import(&account, "january.csv", FILE).await;

    assert_eq!(import["status"], "completed", "{import}");
    assert_eq!(import["rows"], json!({"total": 4, "read": 4, "skipped": 0, "rejected": 0}));
    assert_eq!(import["fills"], json!({"new": 4, "known": 0, "changed": 0}));
    // Two services tell of them: either may come first.
    let told = live.until_each(["import.finished", "statistics.updated"]).await;
    assert_eq!(told[0]["data"]["id"], import["id"]);
    assert_eq!(user.get("/v1/notifications").await["unread"], 1);

    // The flip: 100 long gain 200, 150 short lose 150; the flip's commission of 2.50 is split 100 to 150.
    let trades = user.get("/v1/trades?sort=opened_at").await;
    let net: Vec<_> =
        trades["items"].as_array().unwrap().iter().map(|t| t["net_pnl"].as_str().unwrap()).collect();
    assert_eq!(net, ["198", "-153", "0"]);
    let summary = user.until_statistics(2).await;
    assert_eq!(summary["net_pnl"], json!({"amount": "45", "currency": "USD"}));
    assert_eq!(summary["commissions"]["amount"], "5");
    assert_eq!(summary["open_trades"], 1);
    assert_eq!(summary["win_rate"]["value"], 0.5);

    let trade = trades["items"][1]["id"].as_str().unwrap().to_owned();
    let detail = user.get(&format!("/v1/trades/{trade}")).await;
    assert_eq!(detail["side"], "short");
    assert_eq!(detail["fills"].as_array().unwrap().len(), 2);
    assert_eq!(detail["legs"][0]["gross_pnl"], "-150");
    assert_eq!(detail["sources"][0]["line"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_file_again_changes_nothing_and_says_so() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    user.import(&account, "january.csv", FILE).await;
    let before = user.get("/v1/trades").await;

    let again = user.import(&account, "january-again.csv", FILE).await;

    assert_eq!(again["fills"], json!({"new": 0, "known": 4, "changed": 0}));
    assert_eq!(again["trades"], json!({"opened": 0, "closed": 0, "changed": 0}));
    assert_eq!(again["same_file_known"], true);
    assert_eq!(user.get("/v1/trades").await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_survive_an_undo_and_the_same_import_again() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    let import = user.import(&account, "january.csv", FILE).await;
    let trade = user.get("/v1/trades?sort=opened_at").await["items"][0]["id"].as_str().unwrap().to_owned();
    let note = json!({"notes": "Bought the **breakout**.", "tags": ["breakout"]});
    let patched = user.send(Method::PATCH, &format!("/v1/trades/{trade}"), Some(note)).await;
    assert_eq!(patched.status(), StatusCode::OK);
    user.until_statistics(2).await;

    let undone =
        user.send(Method::DELETE, &format!("/v1/imports/{}", import["id"].as_str().unwrap()), None).await;
    assert_eq!(undone.status(), StatusCode::OK);
    user.until_statistics(0).await;
    assert_eq!(user.get("/v1/trades").await["items"], json!([]));
    user.import(&account, "january.csv", FILE).await;

    let again = user.get(&format!("/v1/trades/{trade}")).await;
    assert_eq!(
        (again["notes"].as_str(), again["tags"][0].as_str()),
        (Some("Bought the **breakout**."), Some("breakout"))
    );
    user.until_statistics(2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_real_flex_report_is_exact() {
    let Some(file) = testing::shared_file("data/brokers/ibkr-flex-report.xml") else { return };
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Interactive Brokers").await;

    let import = user.import(&account, "flex.xml", std::fs::read(file).unwrap()).await;

    assert_eq!(import["format"], "ibkr-flex-xml");
    assert_eq!(import["fills"]["new"], 4);
    let trades = user.get("/v1/trades?sort=opened_at").await;
    let gold = &trades["items"][0];
    // 100 of 691 sold 1.09 higher; of the entry's 3.455 commission 100/691 are realised, and the exit's 1.1108314.
    assert_eq!((gold["symbol"].as_str(), gold["status"].as_str()), (Some("GOLD"), Some("open")));
    assert_eq!((gold["quantity"].as_str(), gold["gross_pnl"].as_str()), (Some("591"), Some("109")));
    assert_eq!(gold["commissions"].as_str(), Some("1.6108314"));
    assert_eq!(gold["net_pnl"].as_str(), Some("107.3891686"));
    let apple = &trades["items"][1];
    assert_eq!((apple["quantity"].as_str(), apple["average_entry"].as_str()), (Some("240"), Some("300")));
}
