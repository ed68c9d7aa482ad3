//! Wrong, forgotten and changed passwords over HTTP.

use crate::{
    fleet::{Fleet, Plan},
    user::{PASSWORD, User},
};
use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};
use testing::SmtpSink;

const NEW: &str = "a wholly different phrase";

async fn post(fleet: &Fleet, path: &str, body: Value) -> Response {
    Client::new().post(format!("{}{path}", fleet.gateway())).json(&body).send().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn after_ten_wrong_passwords_only_a_known_device_signs_in() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let login = json!({"email": user.email, "password": PASSWORD});
    let browser = post(&fleet, "/v1/auth/login", login.clone()).await;
    let cookies: Vec<&str> =
        browser.headers().get_all("set-cookie").iter().map(|line| line.to_str().unwrap()).collect();
    let device = cookies.iter().find(|line| line.starts_with("device=")).unwrap();
    assert!(device.contains("Max-Age=15552000; HttpOnly; SameSite=Strict"), "{device}");
    let device = device.split(';').next().unwrap().to_owned();

    let wrong = json!({"email": user.email, "password": "wrong"});
    for _ in 0..10 {
        let refused = post(&fleet, "/v1/auth/login", wrong.clone()).await;
        assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    }

    let refused = post(&fleet, "/v1/auth/login", login.clone()).await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    let wait: u64 = refused.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((14 * 60..=15 * 60).contains(&wait), "{wait}");
    let problem: Value = refused.json().await.unwrap();
    assert_eq!(problem["type"], "urn:journal:problem:too-many-attempts");
    let url = format!("{}/v1/auth/login", fleet.gateway());
    let known = Client::new().post(url).header("cookie", device).json(&login).send().await.unwrap();
    assert_eq!(known.status(), StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_password_ends_the_other_sessions_at_the_gateway() {
    let fleet = Fleet::start(Plan::default()).await;
    let asking = User::new(fleet.gateway()).await;
    let other = User::sign_in(fleet.gateway(), &asking.email).await;
    let path = "/v1/auth/password/change";
    let wrong = json!({"current_password": "wrong", "new_password": NEW});
    let refused = asking.send(Method::POST, path, Some(wrong)).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.json::<Value>().await.unwrap()["errors"][0]["field"], "current_password");

    let change = json!({"current_password": PASSWORD, "new_password": NEW});
    let changed = asking.send(Method::POST, path, Some(change)).await;

    assert_eq!(changed.status(), StatusCode::NO_CONTENT);
    testing::eventually("the other session to be refused", async || {
        let answer = other.send(Method::GET, "/v1/trades", None).await;
        (answer.status() == StatusCode::UNAUTHORIZED).then_some(())
    })
    .await;
    asking.get("/v1/trades").await;
    let login = post(&fleet, "/v1/auth/login", json!({"email": asking.email, "password": NEW})).await;
    assert_eq!(login.status(), StatusCode::OK);
}

/// The code in the next mail about `subject` to this address.
async fn mailed(sink: &SmtpSink, subject: &str, email: &str) -> String {
    let subject = format!("\nSubject: {subject}\n");
    testing::eventually("the mail", async || {
        let mails = sink.received();
        let mail = mails.iter().find(|mail| mail.source.contains(&subject) && mail.to.contains(email))?;
        let text = mail.readable();
        let (_, code) = text.split_once("this is the code: ")?;
        Some(code.split_whitespace().next()?.to_owned())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_verified_and_a_password_reset_by_what_the_mails_say() {
    let sink = SmtpSink::start().await;
    let fleet = Fleet::start(Plan { smtp_url: Some(sink.url()), ..Plan::default() }).await;
    let user = User::new(fleet.gateway()).await;
    assert_eq!(user.get("/v1/me").await["email_verified"], false);

    let token = mailed(&sink, "Confirm your e-mail address", &user.email).await;
    let verified = post(&fleet, "/v1/auth/email/verify", json!({"token": token})).await;
    assert_eq!(verified.status(), StatusCode::NO_CONTENT);
    assert_eq!(user.get("/v1/me").await["email_verified"], true);
    let forgot = post(&fleet, "/v1/auth/password/forgot", json!({"email": user.email})).await;
    assert_eq!(forgot.status(), StatusCode::ACCEPTED);
    let reset = json!({"token": mailed(&sink, "Reset your password", &user.email).await, "password": NEW});
    let answer = post(&fleet, "/v1/auth/password/reset", reset.clone()).await;
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    assert!(answer.headers()["set-cookie"].to_str().unwrap().starts_with("device="));

    let again = post(&fleet, "/v1/auth/password/reset", reset).await;
    assert_eq!(again.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let statuses = [
        post(&fleet, "/v1/auth/login", json!({"email": user.email, "password": PASSWORD})).await.status(),
        post(&fleet, "/v1/auth/login", json!({"email": user.email, "password": NEW})).await.status(),
        post(&fleet, "/v1/auth/refresh", json!({"refresh_token": user.refresh_token})).await.status(),
    ];
    assert_eq!(statuses, [StatusCode::UNAUTHORIZED, StatusCode::OK, StatusCode::UNAUTHORIZED]);
    testing::eventually("the mail about the new password", async || {
        sink.received().iter().find(|mail| mail.source.contains("Your password was changed")).map(|_| ())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_by_mail_is_answered_alike_and_garbage_is_refused() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;

    for path in ["/v1/auth/password/forgot", "/v1/auth/email/resend"] {
        let mut answers = Vec::new();
        for email in [user.email.as_str(), "nobody@journal.example"] {
            let answer = post(&fleet, path, json!({"email": email})).await;
            assert_eq!(answer.status(), StatusCode::ACCEPTED);
            answers.push(answer.text().await.unwrap());
        }
        assert_eq!(answers[0], answers[1]);
        let unknown = post(&fleet, path, json!({"email": user.email, "id": 1})).await;
        assert_eq!(unknown.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    for (path, body) in [
        ("/v1/auth/email/verify", json!({"token": "garbage"})),
        ("/v1/auth/password/reset", json!({"token": "garbage", "password": NEW})),
    ] {
        let refused = post(&fleet, path, body).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let problem: Value = refused.json().await.unwrap();
        assert_eq!(problem["type"], "urn:journal:problem:invalid-token");
    }
}
