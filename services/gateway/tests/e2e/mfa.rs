//! Codes of an authenticator app over HTTP.

use crate::{
    fleet::{Fleet, Plan},
    user::{PASSWORD, User},
};
use reqwest::{Client, Method, Response, StatusCode};
use runtime::Clock;
use serde_json::{Value, json};
use testing::SmtpSink;
use totp_rs::{Builder, Secret};

const ENROLL: &str = "/v1/auth/mfa/totp/enroll";
const CONFIRM: &str = "/v1/auth/mfa/totp/confirm";
const DISABLE: &str = "/v1/auth/mfa/totp/disable";
const CODES: &str = "/v1/auth/mfa/recovery-codes";

/// What an app shows now, or next.
fn code(secret: &str, step: u64) -> String {
    let now = u64::try_from(Clock::system().now().unix_timestamp()).unwrap();
    let secret = Secret::try_from_base32(secret).unwrap();
    Builder::new().with_secret(secret).build_noncompliant().generate(now + 30 * step).to_string()
}

async fn login(user: &User, totp: Option<&str>) -> Response {
    let mut body = json!({"email": user.email, "password": PASSWORD, "delivery": "body"});
    if let Some(totp) = totp {
        body["totp"] = totp.into();
    }
    Client::new().post(format!("{}/v1/auth/login", user.gateway)).json(&body).send().await.unwrap()
}

async fn problem(answer: Response, status: StatusCode) -> String {
    assert_eq!(answer.status(), status);
    let problem: Value = answer.json().await.unwrap();
    problem["type"].as_str().unwrap().trim_start_matches("urn:journal:problem:").to_owned()
}

async fn post(user: &User, path: &str, body: Value) -> (StatusCode, Value) {
    let answer = user.send(Method::POST, path, Some(body)).await;
    (answer.status(), answer.json().await.unwrap_or_default())
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_enrolled_confirmed_asked_for_and_disabled() {
    let sink = SmtpSink::start().await;
    let fleet = Fleet::start(Plan { smtp_url: Some(sink.url()), ..Plan::default() }).await;
    let user = User::new(fleet.gateway()).await;
    let other = User::sign_in(fleet.gateway(), &user.email).await;
    let nothing = json!({"totp_enabled": false, "totp_enabled_at": null, "recovery_codes_left": 0});
    assert_eq!(user.get("/v1/auth/mfa").await, nothing);

    let (status, enrolment) = post(&user, ENROLL, json!({"password": PASSWORD})).await;
    assert_eq!((status, enrolment["expires_in"].as_u64()), (StatusCode::OK, Some(3600)));
    let secret = enrolment["secret"].as_str().unwrap();
    assert!(enrolment["otpauth_uri"].as_str().unwrap().contains(secret));
    let (status, confirmed) = post(&user, CONFIRM, json!({"code": code(secret, 0)})).await;
    assert_eq!(status, StatusCode::OK, "{confirmed}");
    let recovery: Vec<&str> =
        confirmed["recovery_codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
    assert_eq!(recovery.len(), 10);

    testing::eventually("the other session to be refused", async || {
        let answer = other.send(Method::GET, "/v1/me", None).await;
        (answer.status() == StatusCode::UNAUTHORIZED).then_some(())
    })
    .await;
    assert_eq!(problem(login(&user, None).await, StatusCode::UNAUTHORIZED).await, "totp-required");
    let wrong = problem(login(&user, Some(&code(secret, 0))).await, StatusCode::UNAUTHORIZED).await;
    assert_eq!(wrong, "invalid-credentials");
    assert_eq!(login(&user, Some(&code(secret, 1))).await.status(), StatusCode::OK);
    assert_eq!(login(&user, Some(recovery[0])).await.status(), StatusCode::OK);
    assert_eq!(user.get("/v1/auth/mfa").await["recovery_codes_left"], 9);
    testing::eventually("the mail about the code", async || {
        sink.received().iter().find(|mail| mail.source.contains("A recovery code was used")).map(|_| ())
    })
    .await;

    let (status, _) = post(&user, DISABLE, json!({"password": PASSWORD})).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert_eq!(user.get("/v1/auth/mfa").await, nothing);
    assert_eq!(login(&user, None).await.status(), StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_wrongly_is_refused_and_changes_nothing() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;

    for (path, body, field) in [
        (ENROLL, json!({"password": "wrong"}), "password"),
        (ENROLL, json!({"password": 1}), "password"),
        (ENROLL, json!({"secret": "x"}), "secret"),
        (CONFIRM, json!({}), "code"),
        (CONFIRM, json!({"code": "123456", "user_id": "x"}), "user_id"),
        (DISABLE, json!({"password": "wrong"}), "password"),
        (CODES, json!({"codes": []}), "codes"),
    ] {
        let (status, problem) = post(&user, path, body).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {problem}");
        assert_eq!(problem["errors"][0]["field"], field, "{path}");
    }
    for (path, body, reason) in [
        (CONFIRM, json!({"code": "123456"}), "totp-not-enrolled"),
        (CODES, json!({"password": PASSWORD}), "totp-not-enabled"),
    ] {
        let answer = user.send(Method::POST, path, Some(body)).await;
        assert_eq!(problem(answer, StatusCode::CONFLICT).await, reason);
    }
    for path in [ENROLL, CONFIRM, DISABLE, CODES] {
        let url = format!("{}{path}", user.gateway);
        let answer = Client::new().post(url).json(&json!({})).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{path}");
    }
    // Whoever signed in just now need not tell the password; a body is not even needed.
    assert_eq!(user.send(Method::POST, ENROLL, None).await.status(), StatusCode::OK);
    assert_eq!(login(&user, None).await.status(), StatusCode::OK);
}
