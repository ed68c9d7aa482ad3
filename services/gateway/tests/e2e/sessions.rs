//! Sessions as a browser has them: lost answers, names of devices.

use crate::{
    fleet::{Fleet, Plan},
    user::{PASSWORD, User},
};
use reqwest::{Client, Method, Response, StatusCode, header};
use serde_json::{Value, json};

const OURS: &str = "https://app.journal.example";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

/// `name=value` of each cookie that an answer sets.
fn cookies(answer: &Response) -> Vec<String> {
    let lines = answer.headers().get_all(header::SET_COOKIE).iter().map(|line| line.to_str().unwrap());
    lines.map(|line| line.split(';').next().unwrap().to_owned()).collect()
}

fn cookie(cookies: &[String], name: &str) -> String {
    cookies.iter().find(|cookie| cookie.starts_with(&format!("{name}="))).unwrap().clone()
}

async fn sign_in(gateway: &str, email: &str) -> Response {
    let request = Client::new().post(format!("{gateway}/v1/auth/login")).header(header::USER_AGENT, FIREFOX);
    request.json(&json!({"email": email, "password": PASSWORD})).send().await.unwrap()
}

async fn refresh(gateway: &str, cookies: &str, user_agent: &str) -> Response {
    let request = Client::new().post(format!("{gateway}/v1/auth/refresh"));
    request
        .header(header::ORIGIN, OURS)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::USER_AGENT, user_agent)
        .header(header::COOKIE, cookies)
        .send()
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_of_a_browser_get_the_same_tokens_and_a_copy_of_them_elsewhere_ends_the_session() {
    let fleet = Fleet::start(Plan { instances: 2, ..Plan::default() }).await;
    let email = User::new(fleet.gateway()).await.email;
    let signed_in = cookies(&sign_in(fleet.gateway(), &email).await);
    let browser = format!("{}; {}", cookie(&signed_in, "refresh"), cookie(&signed_in, "device"));

    let (one, other) = tokio::join!(
        refresh(&fleet.gateways[0], &browser, FIREFOX),
        refresh(&fleet.gateways[1], &browser, FIREFOX)
    );
    assert_eq!((one.status(), other.status()), (StatusCode::OK, StatusCode::OK));
    assert_eq!(cookie(&cookies(&one), "refresh"), cookie(&cookies(&other), "refresh"));

    // Whoever copied the token alone, however much alike the program looks.
    let thief = refresh(fleet.gateway(), &cookie(&signed_in, "refresh"), FIREFOX).await;
    assert_eq!(thief.status(), StatusCode::UNAUTHORIZED);
    let problem: Value = thief.json().await.unwrap();
    assert_eq!(problem["type"], "urn:journal:problem:refresh-token-reused", "{problem}");
    let browser = format!("{}; {}", cookie(&cookies(&one), "refresh"), cookie(&signed_in, "device"));
    assert_eq!(refresh(fleet.gateway(), &browser, FIREFOX).await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_user_finds_in_the_inbox_that_a_session_may_have_been_stolen() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let signed_in = cookies(&sign_in(fleet.gateway(), &user.email).await);
    let browser = format!("{}; {}", cookie(&signed_in, "refresh"), cookie(&signed_in, "device"));
    assert_eq!(refresh(fleet.gateway(), &browser, FIREFOX).await.status(), StatusCode::OK);

    refresh(fleet.gateway(), &cookie(&signed_in, "refresh"), "curl/8").await;

    let notice = testing::eventually("the notice", async || {
        Some(user.get("/v1/notifications").await["items"][0].clone()).filter(|notice| !notice.is_null())
    })
    .await;
    assert_eq!(notice["kind"], "session-reused", "{notice}");
    assert!(notice["body"].as_str().unwrap().contains("Firefox on Linux"), "{notice}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_has_the_name_that_it_was_given_else_one_that_people_know() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    sign_in(fleet.gateway(), &user.email).await;
    let body = json!({"email": user.email, "password": PASSWORD, "device_name": "Kitchen tablet"});
    let request = user.client.post(format!("{}/v1/auth/login", fleet.gateway()));
    request.header(header::USER_AGENT, FIREFOX).json(&body).send().await.unwrap();

    let sessions = user.get("/v1/auth/sessions").await;

    let names: Vec<&str> =
        sessions["items"].as_array().unwrap().iter().map(|s| s["device_name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Kitchen tablet", "Firefox on Linux", "Unknown device"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_out_is_out_at_every_gateway_whatever_became_of_the_refresh_token() {
    let fleet = Fleet::start(Plan { instances: 2, ..Plan::default() }).await;
    let user = User::new(&fleet.gateways[0]).await;
    let elsewhere = user.at(&fleet.gateways[1]);

    let body = Some(json!({"refresh_token": "A".repeat(43)}));
    let answer = user.send(Method::POST, "/v1/auth/logout", body).await;

    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    assert_eq!(user.send(Method::GET, "/v1/me", None).await.status(), StatusCode::UNAUTHORIZED);
    testing::eventually("the other gateway to refuse the token", async || {
        let answer = elsewhere.send(Method::GET, "/v1/me", None).await;
        (answer.status() == StatusCode::UNAUTHORIZED).then_some(())
    })
    .await;
}
