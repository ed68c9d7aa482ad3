//! A user enters exchange rates and sees a trade in the currency of the account.

use crate::{
    fleet::{Fleet, Plan},
    user::User,
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const FILE: &str = "timestamp,symbol,side,quantity,price,commission,currency,execution_id\n\
    2026-01-05T14:30:00Z,SAP,buy,10,100,1,EUR,a\n\
    2026-01-06T14:30:00Z,SAP,sell,10,110,1,EUR,b\n";

/// One EUR in USD, and from when on.
const RATES: [(&str, &str); 2] = [("2026-01-05T00:00:00Z", "1.10"), ("2026-01-06T00:00:00Z", "1.20")];

fn body(rates: &[(&str, &str)]) -> Value {
    let rate = |&(valid_from, rate): &(&str, &str)| json!({"from": "EUR", "to": "USD", "valid_from": valid_from, "rate": rate});
    json!({"rates": rates.iter().map(rate).collect::<Vec<_>>()})
}

async fn put(user: &User, body: Value) -> StatusCode {
    user.send(Method::PUT, "/v1/rates", Some(body)).await.status()
}

/// The fields that a 422 names.
async fn fields(user: &User, method: Method, path: &str, body: Option<Value>) -> Vec<String> {
    let answer = user.send(method, path, body).await;
    let status = answer.status();
    let problem: Value = answer.json().await.unwrap();
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {problem}");
    let errors = problem["errors"].as_array().unwrap();
    errors.iter().map(|error| error["field"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trade_is_told_in_the_currency_of_its_account_by_the_users_rates() {
    let fleet = Fleet::start(Plan::default()).await;
    let (user, stranger) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);
    let account = user.create_account("Main").await;
    user.import(&account, "january.csv", FILE).await;
    let id = user.get("/v1/trades").await["items"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/trades/{id}");
    let message = "There is no rate from EUR to USD at 2026-01-06T14:30:00Z: add one with PUT /v1/rates.";
    let reason = json!({"code": "no-rate", "message": message});
    let missing = json!({"currency": "USD", "rate_policy": "close", "net_pnl": null, "reason": reason});
    assert_eq!(user.get(&path).await["in_account_currency"], missing);
    assert_eq!(put(&stranger, body(&RATES)).await, StatusCode::NO_CONTENT);
    assert_eq!(user.get(&path).await["in_account_currency"], missing, "rates of others are no rates");

    for _again in 0..2 {
        assert_eq!(put(&user, body(&RATES)).await, StatusCode::NO_CONTENT);
        let listed = user.get("/v1/rates?from=EUR&to=USD").await;
        assert_eq!(listed["items"].as_array().unwrap().len(), 2);
        let first =
            json!({"from": "EUR", "to": "USD", "valid_from": RATES[0].0, "rate": "1.1", "source": "user"});
        assert_eq!((&listed["items"][0], &listed["next_cursor"]), (&first, &Value::Null));
    }

    // (1,100 - 1,000 - 2) at 1.20; 1,100 at 1.20 - 1,000 at 1.10 - 1 at 1.20 - 1 at 1.10.
    for (query, policy, net) in [
        ("", "close", "117.6"),
        ("?rate_policy=close", "close", "117.6"),
        ("?rate_policy=legs", "legs", "217.7"),
    ] {
        let told = user.get(&format!("{path}{query}")).await;
        let expected = json!({"currency": "USD", "rate_policy": policy, "net_pnl": net, "reason": null});
        assert_eq!((&told["in_account_currency"], &told["net_pnl"]), (&expected, &json!("98")));
    }
    assert_eq!(stranger.send(Method::GET, &path, None).await.status(), StatusCode::NOT_FOUND);

    assert_eq!(
        user.send(Method::DELETE, "/v1/rates?from=EUR&to=USD", None).await.status(),
        StatusCode::NO_CONTENT
    );
    assert_eq!(user.get("/v1/rates").await["items"], json!([]));
    assert_eq!(user.get(&path).await["in_account_currency"], missing);
    assert_eq!(stranger.get("/v1/rates").await["items"].as_array().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn rates_at_fault_are_named_and_none_is_stored() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let (time, long) = (RATES[0].0, "9".repeat(400));
    let refused = [
        (
            body(&[(time, "1.1"), (time, "-1"), (time, "0"), (time, &long)]),
            vec!["rates[1].rate", "rates[2].rate", "rates[3].rate"],
        ),
        (body(&[(time, "1.1"), ("yesterday", "1.1")]), vec!["rates[1].valid_from"]),
        (
            json!({"rates": [{"from": "EUR", "to": "EUR", "valid_from": time, "rate": "1"}]}),
            vec!["rates[0].to"],
        ),
        (
            json!({"rates": [{"from": "EUR", "to": "USD", "valid_from": time, "rate": 1.1}]}),
            vec!["rates[0].rate"],
        ),
        (json!({"rates": [], "colour": "red"}), vec!["colour"]),
        (json!({"rates": []}), vec!["rates"]),
    ];

    for (body, expected) in refused {
        assert_eq!(fields(&user, Method::PUT, "/v1/rates", Some(body)).await, expected);
    }

    assert_eq!(user.get("/v1/rates").await["items"], json!([]));
    for (method, path, field) in [
        (Method::GET, "/v1/rates?from=euro", "from"),
        (Method::GET, "/v1/rates?limit=0", "limit"),
        (Method::GET, "/v1/rates?cursor=x", "cursor"),
        (Method::GET, "/v1/rates?colour=red", "colour"),
        (Method::DELETE, "/v1/rates?from=EUR", "to"),
        (Method::DELETE, "/v1/rates?from=EUR&to=USD&since=x", "since"),
    ] {
        assert_eq!(fields(&user, method, path, None).await, [field], "{path}");
    }
    let nobodys = "/v1/trades/0190aaaa-0000-7000-8000-000000000000";
    assert_eq!(fields(&user, Method::GET, &format!("{nobodys}?rate_policy=x"), None).await, ["rate_policy"]);
    assert_eq!(fields(&user, Method::GET, &format!("{nobodys}?colour=red"), None).await, ["colour"]);
}
