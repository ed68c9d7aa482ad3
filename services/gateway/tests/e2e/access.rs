//! Doors: other people's things, bad tokens, unknown fields.

use crate::{
    fleet::{Fleet, Plan},
    user::{User, round_trips},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use identity::{Issuer, SessionId, UserId};
use reqwest::{Method, StatusCode};
use runtime::Clock;
use serde_json::{Value, json};
use uuid::Uuid;

/// Without what differs from request to request.
fn comparable(mut problem: Value) -> Value {
    for field in ["instance", "trace_id"] {
        problem.as_object_mut().unwrap().remove(field);
    }
    problem
}

#[tokio::test(flavor = "multi_thread")]
async fn another_users_id_is_the_same_404_as_a_missing_one_on_every_path() {
    let fleet = Fleet::start(Plan::default()).await;
    let (owner, stranger) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);
    let account = owner.create_account("Main").await;
    let import = owner.import(&account, "trips.csv", round_trips(2, "101")).await;
    owner.until_statistics(2).await;
    let id = |value: &Value| value["id"].as_str().unwrap().to_owned();
    let trade = id(&owner.get("/v1/trades").await["items"][0]);
    let fill = id(&owner.get("/v1/fills").await["items"][0]);
    let session = id(&owner.get("/v1/auth/sessions").await["items"][0]);
    let notification = id(&owner.get("/v1/notifications").await["items"][0]);
    let created =
        owner.send(Method::POST, "/v1/imports/mappings", Some(json!({"name": "Bank"}))).await.json().await;
    let mapping = id(&created.unwrap());
    let calls: Vec<(Method, &str, &str, Option<Value>)> = vec![
        (Method::GET, "/v1/imports/mappings/{}", &mapping, None),
        (Method::PUT, "/v1/imports/mappings/{}", &mapping, Some(json!({"name": "Mine"}))),
        (Method::DELETE, "/v1/imports/mappings/{}", &mapping, None),
        (Method::GET, "/v1/accounts/{}", &account, None),
        (Method::PATCH, "/v1/accounts/{}", &account, Some(json!({"name": "Mine"}))),
        (Method::DELETE, "/v1/accounts/{}", &account, None),
        (Method::GET, "/v1/imports/{}", import["id"].as_str().unwrap(), None),
        (Method::DELETE, "/v1/imports/{}", import["id"].as_str().unwrap(), None),
        (Method::GET, "/v1/fills/{}", &fill, None),
        (Method::GET, "/v1/trades/{}", &trade, None),
        (Method::PATCH, "/v1/trades/{}", &trade, Some(json!({"notes": "mine"}))),
        (Method::POST, "/v1/trades/{}/split", &trade, Some(json!({"each": "exit"}))),
        (Method::DELETE, "/v1/regroupings/{}", &fill, None),
        (Method::DELETE, "/v1/auth/sessions/{}", &session, None),
        (Method::POST, "/v1/notifications/{}/read", &notification, None),
    ];

    for (method, path, theirs, body) in calls {
        let missing = Uuid::now_v7().to_string();
        let mut problems = Vec::new();
        for id in [theirs, &missing, "not-an-id"] {
            let answer = stranger.send(method.clone(), &path.replace("{}", id), body.clone()).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{method} {path} {id}");
            problems.push(comparable(answer.json().await.unwrap()));
        }
        assert_eq!(problems[0], problems[1], "{method} {path}");
    }
    let upload = stranger.upload(&account, "x.csv", "timestamp,symbol,side,quantity,price\n").await;
    assert_eq!(upload.status(), StatusCode::NOT_FOUND);
    for list in ["/v1/accounts", "/v1/imports", "/v1/fills", "/v1/trades", "/v1/notifications"] {
        assert_eq!(stranger.get(list).await["items"], json!([]), "{list}");
    }
    let filtered = stranger.get(&format!("/v1/trades?account_id={account}")).await;
    assert_eq!(filtered["items"], json!([]));
    assert_eq!(stranger.get(&format!("/v1/analytics/summary?account_id={account}")).await["trades"], 0);
    assert_eq!(owner.get("/v1/trades").await["items"].as_array().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn expired_altered_and_foreign_tokens_open_nothing() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let me = UserId(user.get("/v1/me").await["id"].as_str().unwrap().parse().unwrap());
    let foreign = Issuer::from_pem(&Issuer::generate_pem().unwrap(), Clock::system()).unwrap();
    let (foreign, _) = foreign.issue(me, SessionId(Uuid::now_v7())).unwrap();
    let mut parts: Vec<String> = user.access_token.split('.').map(str::to_owned).collect();
    let mut claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(&parts[1]).unwrap()).unwrap();
    claims["sub"] = json!(Uuid::now_v7());
    parts[1] = URL_SAFE_NO_PAD.encode(claims.to_string());

    for token in [foreign.as_str(), &parts.join("."), &user.refresh_token, "garbage", ""] {
        let request = user.client.get(format!("{}/v1/trades", user.gateway)).bearer_auth(token);
        let answer = request.send().await.unwrap();

        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{token}");
        assert_eq!(answer.headers()["www-authenticate"], "Bearer");
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_service_refuses_calls_without_a_token_on_its_own_port() {
    use journal_proto::{
        analytics::v1::{GetSummaryRequest, analytics_service_client::AnalyticsServiceClient},
        auth::v1::{GetMeRequest, auth_service_client::AuthServiceClient},
        notifications::v1::{
            ListNotificationsRequest, notifications_service_client::NotificationsServiceClient,
        },
        trades::v1::{ListTradesRequest, trades_service_client::TradesServiceClient},
    };
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let me = user.get("/v1/me").await["id"].as_str().unwrap().to_owned();
    let urls = fleet.services.clone();
    let mut codes = Vec::new();

    for token in ["", "Bearer forged.to.ken"] {
        macro_rules! call {
            ($client:expr, $method:ident, $message:expr) => {{
                let mut request = tonic::Request::new($message);
                request.metadata_mut().insert("x-user-id", me.parse().unwrap());
                if !token.is_empty() {
                    request.metadata_mut().insert("authorization", token.parse().unwrap());
                }
                codes.push($client.$method(request).await.unwrap_err().code());
            }};
        }
        call!(AuthServiceClient::new(testing::link("auth", &urls[0])), get_me, GetMeRequest {});
        call!(
            TradesServiceClient::new(testing::link("trades", &urls[1])),
            list_trades,
            ListTradesRequest::default()
        );
        call!(
            AnalyticsServiceClient::new(testing::link("analytics", &urls[2])),
            get_summary,
            GetSummaryRequest::default()
        );
        call!(
            NotificationsServiceClient::new(testing::link("notifications", &urls[3])),
            list_notifications,
            ListNotificationsRequest::default()
        );
    }

    assert_eq!(codes, [tonic::Code::Unauthenticated; 8]);
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_and_server_owned_fields_are_named_and_change_nothing() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    let before = user.get(&format!("/v1/accounts/{account}")).await;
    let calls = [
        (
            Method::POST,
            "/v1/accounts".to_owned(),
            json!({"name": "B", "broker": "b", "currency": "USD", "time_zone": "UTC", "id": "x"}),
            "id",
        ),
        (Method::PATCH, format!("/v1/accounts/{account}"), json!({"name": "C", "user_id": "x"}), "user_id"),
        (Method::PATCH, format!("/v1/accounts/{account}"), json!({"currency": "EUR"}), "currency"),
        (
            Method::PUT,
            "/v1/notifications/preferences".to_owned(),
            json!({"email_import_finished": true, "sms": true}),
            "sms",
        ),
    ];

    for (method, path, body, field) in calls {
        let answer = user.send(method, &path, Some(body)).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{path} {field}");
        assert_eq!(answer.json::<Value>().await.unwrap()["errors"][0]["field"], field);
    }
    let query = user.send(Method::GET, "/v1/trades?colour=red", None).await;
    assert_eq!(query.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(query.json::<Value>().await.unwrap()["errors"][0]["field"], "colour");
    assert_eq!(user.get(&format!("/v1/accounts/{account}")).await, before);
}
