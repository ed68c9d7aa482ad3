//! A user looks at an account as a tax code would.

use crate::{
    fleet::{Fleet, Plan},
    user::User,
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const FILE: &str = "timestamp,symbol,side,quantity,price,commission,execution_id\n\
    2026-01-05T14:30:00Z,AAPL,buy,10,100,0,a\n\
    2026-01-06T14:30:00Z,AAPL,sell,10,97,0,b\n\
    2026-01-07T14:30:00Z,AAPL,buy,4,98,0,c\n";

#[tokio::test(flavor = "multi_thread")]
async fn views_are_labelled_exact_and_the_owners_alone() {
    let fleet = Fleet::start(Plan::default()).await;
    let (user, stranger) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);
    let account = user.create_account("Main").await;
    user.import(&account, "january.csv", FILE).await;
    let path = format!("/v1/accounts/{account}/tax");

    let us = user.get(&format!("{path}?view=us-wash-sales&year=2026")).await;
    let uk = user.get(&format!("{path}?view=uk-share-matching")).await;

    assert_eq!(us["label"], "Information, not tax advice");
    assert_eq!(us["securities"][0]["disposals"][0]["disallowed"], "12");
    assert_eq!(
        (&us["securities"][0]["lots"][0]["basis"], &us["totals"][0]["allowed_short_term"]),
        (&json!("404"), &json!("-18"))
    );
    assert_eq!(
        (&uk["from"], &uk["securities"][0]["pool"]),
        (&Value::Null, &json!({"quantity": "4", "cost": "400"}))
    );
    assert_eq!(uk["securities"][0]["disposals"][0]["parts"][1]["rule"], "pool");
    for (query, field) in [
        ("", "view"),
        ("?view=moon", "view"),
        ("?view=us-wash-sales&year=x", "year"),
        ("?view=us-wash-sales&colour=red", "colour"),
    ] {
        let answer = user.send(Method::GET, &format!("{path}{query}"), None).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(problem["errors"][0]["field"], field, "{query}: {problem}");
    }
    let theirs = stranger.send(Method::GET, &format!("{path}?view=us-wash-sales"), None).await;
    assert_eq!(theirs.status(), StatusCode::NOT_FOUND);
}
