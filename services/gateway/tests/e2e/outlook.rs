//! From a broker's file and a trader's plan to excursions and figures in R.

use crate::{
    fleet::{Fleet, Plan},
    user::User,
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use testing::eventually;

/// NinjaTrader's grid of trades: two round trips of one micro contract, worth 5 a point.
const FILE: &str = "Trade number,Instrument,Account,Market pos.,Qty,Entry price,Exit price,Entry time,Exit time,Profit,Commission,MAE,MFE\n\
    1,MES SEP26,Sim101,Long,1,6400,6410,7/28/2026 9:45:17 AM,7/28/2026 9:50:00 AM,$50.00,$0.00,$12.50,$62.50\n\
    2,MES SEP26,Sim101,Short,1,6410,6414,7/28/2026 10:00:00 AM,7/28/2026 10:10:00 AM,($20.00),$0.00,$25.00,$5.00\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_file_with_excursions_and_a_planned_stop_fill_the_statistics() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;

    let import = user.import(&account, "trades.csv", FILE).await;
    assert_eq!(import["status"], "completed", "{import}");
    user.until_statistics(2).await;

    let excursions = user.get("/v1/analytics/excursions").await;
    assert_eq!(excursions["average_mae"], json!({"amount": "-18.75", "currency": "USD"}), "{excursions}");
    assert_eq!(excursions["average_mfe"]["amount"], json!("33.75"));
    let trades = user.get("/v1/trades?sort=opened_at").await;
    let first = &trades["items"][0];
    assert_eq!((first["mae"].clone(), first["mfe"].clone()), (json!("-12.5"), json!("62.5")));
    assert_eq!(
        (first["excursion_source"].clone(), first["r_multiple"].clone()),
        (json!("broker"), Value::Null)
    );

    let path = format!("/v1/trades/{}", first["id"].as_str().unwrap());
    let planned = user.send(Method::PATCH, &path, Some(json!({"planned_stop": "6395"}))).await;
    assert_eq!(planned.status(), StatusCode::OK);
    let planned: Value = planned.json().await.unwrap();
    assert_eq!((planned["risk"].clone(), planned["r_multiple"].clone()), (json!("25"), json!("2")));
    let in_r = eventually("the plan to count", async || {
        let summary = user.get("/v1/analytics/summary?unit=r").await;
        (summary["coverage"] == json!({"selected": 2, "measured": 1})).then_some(summary)
    })
    .await;
    assert_eq!(in_r["net_pnl"]["amount"], json!("2"), "{in_r}");
    let excursions = user.get("/v1/analytics/excursions").await;
    assert_eq!(excursions["trades"][1]["mae_r"], json!(-0.5), "{excursions}");

    for (body, field) in [
        (json!({"planned_stop": "6401"}), "planned_stop"),
        (json!({"planned_stop": ""}), "planned_stop"),
        (json!({"planned_target": "1"}), "planned_target"),
        (json!({"risk": "-1"}), "risk"),
        (json!({"risk": 5}), "risk"),
    ] {
        let refused = user.send(Method::PATCH, &path, Some(body)).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert_eq!(refused.json::<Value>().await.unwrap()["errors"][0]["field"], field);
    }
    let removed = user.send(Method::PATCH, &path, Some(json!({"planned_stop": null}))).await;
    assert_eq!(removed.json::<Value>().await.unwrap()["risk"], Value::Null);
}
