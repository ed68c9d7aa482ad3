//! What users entrust to us and what we keep secret is told to nobody: not to logs, traces or metrics, nor to whoever made an error.

mod everywhere;

use crate::{
    fleet::{Fleet, Plan},
    user::User,
};
use reqwest::{Client, Method, RequestBuilder, multipart, redirect::Policy};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use testing::{Collected, SmtpSink, collect, eventually};

/// Unmistakable texts, each with the place where it was planted.
#[derive(Default)]
struct Canaries(Vec<(String, String)>);

impl Canaries {
    /// A text for a place: eleven characters that occur nowhere else, behind the place's own name.
    fn plant(&mut self, place: &str) -> String {
        let canary = format!("Canary{:05}", 70_000 + self.0.len() * 13);
        self.0.push((place.to_owned(), canary.to_lowercase()));
        canary
    }

    /// Something secret that we did not make up.
    fn keep(&mut self, place: &str, secret: &str) {
        assert!(secret.len() >= 8, "{place} is too short to look for: {secret}");
        self.0.push((place.to_owned(), secret.to_lowercase()));
    }

    /// Where `text` holds what.
    fn found_in<'a>(&'a self, text: &str) -> impl Iterator<Item = &'a str> {
        let text = text.to_lowercase();
        let may_hold = |canary: &str| text.contains("canary") || !canary.starts_with("canary");
        let found: Vec<&(String, String)> =
            self.0.iter().filter(|(_, canary)| may_hold(canary) && text.contains(canary)).collect();
        found.into_iter().map(|(place, _)| place.as_str())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_log_trace_metric_or_error_tells_a_secret() {
    let told = collect("debug");
    runtime::telemetry::install_metrics().unwrap();
    let sink = SmtpSink::start().await;
    let fleet = Fleet::start(Plan { smtp_url: Some(sink.url()), ..Plan::default() }).await;
    let mut canaries = Canaries::default();
    let mut refusals = Vec::new();

    let user = sign_in(&fleet, &sink, &mut canaries, &mut refusals).await;
    keep_a_journal(&user, &mut canaries).await;
    secure_an_account(&user, &mut canaries, &mut refusals).await;
    ask_for_nonsense(&user, &mut canaries, &mut refusals).await;
    let by_hand = canaries.0.len();
    let mut answers = Vec::new();
    everywhere::ask_everything(&user, &mut canaries, &mut answers).await;
    for line in fleet.signing_key.expose_secret().lines().filter(|line| !line.starts_with("---")) {
        canaries.keep("the signing key", line);
    }
    let (events, redis) = (testing::events_settings(), testing::redis_settings());
    for url in [events.amqp_url.value().unwrap(), redis.redis_url.value().unwrap()] {
        let password = url.expose_secret().split(['@', ':']).nth(2).unwrap().to_owned();
        canaries.keep("a server's password", &password);
    }

    assert!(by_hand >= 40 && canaries.0.len() >= 700, "{by_hand} and {} canaries", canaries.0.len());
    nothing_sings(&told, &canaries);
    nothing_is_read_out(&canaries, &refusals);
}

/// Registers and signs in, with mistakes; gives the signed-in user.
async fn sign_in(
    fleet: &Fleet,
    sink: &SmtpSink,
    canaries: &mut Canaries,
    refusals: &mut Vec<String>,
) -> User {
    let client = Client::builder().user_agent(canaries.plant("User-Agent")).redirect(Policy::none());
    let client = client.build().unwrap();
    let url = |path: &str| format!("{}{path}", fleet.gateway());
    let email = format!("{}@journal.example", canaries.plant("e-mail address").to_lowercase());
    let password = canaries.plant("password") + " and some more words";
    let register =
        json!({"email": email, "password": password, "display_name": canaries.plant("display name")});
    client.post(url("/v1/auth/register")).json(&register).send().await.unwrap();
    let mail = eventually("the mail", async || sink.received().first().cloned()).await.readable();
    let token = mail.split("token=").nth(1).unwrap();
    let token: String =
        token.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
    canaries.keep("the mailed token", &token);

    let weak =
        json!({"email": email, "password": "short", "display_name": canaries.plant("refused display name")});
    let wrong = json!({"email": email, "password": canaries.plant("wrong password"), "device_name": canaries.plant("device name")});
    let stranger = format!("{}@journal.example", canaries.plant("strange address"));
    let strange = json!({"email": stranger, "password": canaries.plant("a stranger's password")});
    let unknown = json!({"email": email, "password": canaries.plant("a password beside nonsense"), "x": canaries.plant("unknown field")});
    let reset = json!({"token": canaries.plant("reset token"), "new_password": canaries.plant("new password") + " of length"});
    let verify = json!({"token": canaries.plant("verification token")});
    let refresh = json!({"refresh_token": canaries.plant("refresh token")});
    for (path, body) in [
        ("register", weak),
        ("login", wrong),
        ("login", strange),
        ("login", unknown),
        ("password/forgot", json!({"email": stranger})),
        ("password/reset", reset),
        ("email/verify", verify),
        ("refresh", refresh),
    ] {
        refused(refusals, client.post(url(&format!("/v1/auth/{path}"))).json(&body)).await;
    }

    let login = json!({"email": email, "password": password, "delivery": "body", "device_name": canaries.plant("session name")});
    let tokens: Value =
        client.post(url("/v1/auth/login")).json(&login).send().await.unwrap().json().await.unwrap();
    let (access_token, refresh_token) =
        (tokens["access_token"].as_str().unwrap(), tokens["refresh_token"].as_str().unwrap());
    canaries.keep("the access token", access_token.rsplit('.').next().unwrap());
    canaries.keep("the refresh token", refresh_token);
    User {
        client,
        gateway: fleet.gateway().to_owned(),
        email,
        access_token: access_token.to_owned(),
        refresh_token: refresh_token.to_owned(),
    }
}

/// Accounts, files, notes.
async fn keep_a_journal(user: &User, canaries: &mut Canaries) {
    let account = user.create_account(&canaries.plant("account name")).await;
    let file = format!(
        "timestamp,symbol,side,quantity,price,execution_id\n\
         2026-02-03T10:00:00Z,{symbol},buy,1,100,{id}\n\
         2026-02-03T10:01:00Z,{symbol},sell,1,101,{id}2\n\
         {broken}\n",
        symbol = canaries.plant("symbol").to_uppercase(),
        id = canaries.plant("execution id"),
        broken = canaries.plant("a broken line"),
    );
    let name = canaries.plant("file name") + ".csv";
    user.import(&account, &name, file).await;
    user.until_statistics(1).await;
    let trades = user.get("/v1/trades").await;
    let trade = format!("/v1/trades/{}", trades["items"][0]["id"].as_str().unwrap());
    let journal = json!({
        "notes": canaries.plant("notes") + "\nforged line",
        "tags": [canaries.plant("tag")],
    });
    let answer = user.send(Method::PATCH, &trade, Some(journal)).await;
    assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    let cash = json!({
        "kind": "deposit", "amount": "77345.17", "occurred_at": "2026-02-01T00:00:00Z",
        "note": canaries.plant("a cash flow's note"),
    });
    user.send(Method::POST, &format!("/v1/accounts/{account}/cash"), Some(cash)).await;
    let mapping =
        json!({"name": canaries.plant("mapping name"), "columns": {"symbol": canaries.plant("column name")}});
    user.send(Method::POST, "/v1/imports/mappings", Some(mapping)).await;
    let form = multipart::Form::new()
        .text(canaries.plant("form field"), canaries.plant("form value"))
        .part("file", multipart::Part::bytes(canaries.plant("blob").into_bytes()).file_name("a.bin"));
    let upload = user.client.post(format!("{}/v1/imports", user.gateway)).bearer_auth(&user.access_token);
    upload.multipart(form).send().await.unwrap();
}

/// Authenticator codes, recovery codes, an API key, a mentor's token, other fields of a journal.
async fn secure_an_account(user: &User, canaries: &mut Canaries, refusals: &mut Vec<String>) {
    let key = json!({"name": canaries.plant("API key's name"), "scope": "read"});
    let key = user.send(Method::POST, "/v1/auth/api-keys", Some(key)).await;
    assert!(key.status().is_success(), "{}", key.text().await.unwrap());
    let key: Value = key.json().await.unwrap();
    let key = texts_of(&key).into_iter().find(|text| text.starts_with("jrn_")).unwrap();
    canaries.keep("an API key", key.strip_prefix("jrn_").unwrap());
    let by_key = user.client.get(format!("{}/v1/me", user.gateway)).bearer_auth(&key);
    by_key.send().await.unwrap();
    let begun = user.send(Method::POST, "/v1/auth/mfa/totp/enroll", None).await;
    let begun: Value = begun.json().await.unwrap();
    canaries.keep("an authenticator app's secret", begun["secret"].as_str().unwrap());
    let code = json!({"code": canaries.plant("authenticator code")});
    let url = format!("{}/v1/auth/mfa/totp/confirm", user.gateway);
    refused(refusals, user.client.post(url).bearer_auth(&user.access_token).json(&code)).await;
}

/// All texts in a JSON value.
fn texts_of(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(texts_of).collect(),
        Value::Object(members) => members.values().flat_map(texts_of).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

/// Requests of no meaning, with canaries in every corner.
async fn ask_for_nonsense(user: &User, canaries: &mut Canaries, refusals: &mut Vec<String>) {
    let url = |path: &str| format!("{}{path}", user.gateway);
    let get = |path: &str| user.client.get(url(path));
    let mine = |path: &str| get(path).bearer_auth(&user.access_token);
    let in_path = [
        format!("/{}", canaries.plant("path")),
        format!("/v1/trades/{}", canaries.plant("path of an id")),
        format!("/v1/trades?symbol={}", canaries.plant("filter")),
        format!("/v1/trades?cursor={}", canaries.plant("cursor")),
        format!("/v1/trades?{}=1", canaries.plant("name of a parameter")),
        format!("/v1/stream?access_token={}", canaries.plant("token in a query")),
    ];
    for path in in_path {
        refused(refusals, mine(&path)).await;
    }
    for header in ["cookie", "origin", "referer", "x-forwarded-for", "baggage", "tracestate", "traceparent"] {
        refused(refusals, mine("/v1/nowhere").header(header, canaries.plant(header))).await;
    }
    let session = format!(
        "access={}; refresh={}; device={}",
        canaries.plant("access cookie"),
        canaries.plant("refresh cookie"),
        canaries.plant("device cookie")
    );
    refused(refusals, get("/v1/me").header("cookie", session)).await;
    refused(refusals, get("/v1/me").bearer_auth(canaries.plant("bearer token"))).await;
    refused(refusals, get("/v1/me").bearer_auth(format!("jrn_{}", canaries.plant("API key")))).await;
    refused(refusals, get("/v1/me").basic_auth("me", Some(canaries.plant("basic password")))).await;
    let post = || user.client.post(url("/v1/accounts")).bearer_auth(&user.access_token);
    refused(
        refusals,
        post()
            .header("content-type", "application/json")
            .body(format!("{{\"{}", canaries.plant("broken JSON"))),
    )
    .await;
    refused(refusals, post().header("content-type", canaries.plant("media type"))).await;
    refused(refusals, post().header("idempotency-key", canaries.plant("idempotency key")).json(&json!({})))
        .await;
    refused(refusals, post().json(&json!({"name": [canaries.plant("mistyped field")]}))).await;
}

/// Sends what may be refused, and keeps the refusal.
async fn refused(refusals: &mut Vec<String>, request: RequestBuilder) {
    let answer = request.send().await.unwrap();
    let status = answer.status();
    assert!(!status.is_server_error(), "{status}");
    if status.is_client_error() {
        refusals.push(answer.text().await.unwrap());
    }
}

fn nothing_sings(told: &Collected, canaries: &Canaries) {
    let lines = told.log_lines();
    assert!(lines.len() > 60, "only {} lines: is anything collected?", lines.len());
    for line in &lines {
        serde_json::from_str::<Value>(line)
            .unwrap_or_else(|error| panic!("not a JSON line ({error}): {line}"));
        assert_eq!(canaries.found_in(line).collect::<Vec<_>>(), <[&str; 0]>::default(), "{line}");
    }
    let spans = told.ended_spans();
    assert!(spans.len() > 50, "only {} spans", spans.len());
    for span in spans {
        let text = format!("{span:?}");
        assert_eq!(canaries.found_in(&text).collect::<Vec<_>>(), <[&str; 0]>::default(), "{text}");
    }
    let records = told.log_records();
    assert!(records.len() > 60, "only {} log records", records.len());
    for record in records {
        let text = format!("{record:?}");
        assert_eq!(canaries.found_in(&text).collect::<Vec<_>>(), <[&str; 0]>::default(), "{text}");
    }
    let metrics = runtime::telemetry::render_metrics();
    assert!(metrics.contains("http_server_request_duration_seconds_count"), "{metrics}");
    assert_eq!(canaries.found_in(&metrics).collect::<Vec<_>>(), <[&str; 0]>::default());
}

fn nothing_is_read_out(canaries: &Canaries, refusals: &[String]) {
    // What is wrong with a request may be named to whoever made it, but no secret is read out even to him.
    let public = ["name of a parameter", "unknown field", "path", "path of an id", "form field"];
    for refusal in refusals {
        let told: Vec<&str> = canaries.found_in(refusal).filter(|place| !public.contains(place)).collect();
        assert_eq!(told, <[&str; 0]>::default(), "{refusal}");
    }
}
