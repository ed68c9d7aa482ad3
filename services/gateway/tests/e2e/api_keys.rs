//! API keys: what they open, and how they end.

use crate::{
    fleet::{Fleet, Plan, rate_limits},
    user::User,
};
use identity::{ApiKey, UserId};
use reqwest::{Method, StatusCode};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use std::time::{Duration, Instant};
use uuid::Uuid;

impl User {
    /// The user's program, with a key of this scope.
    pub async fn with_key(&self, scope: &str) -> Self {
        let created = self.new_key(json!({"name": "Sheet", "scope": scope})).await;
        self.presenting(created["secret"].as_str().unwrap())
    }

    async fn new_key(&self, body: Value) -> Value {
        let answer = self.send(Method::POST, "/v1/auth/api-keys", Some(body)).await;
        assert_eq!(answer.status(), StatusCode::CREATED);
        answer.json().await.unwrap()
    }

    fn presenting(&self, secret: &str) -> Self {
        Self { access_token: secret.to_owned(), ..self.clone() }
    }

    async fn status_of_accounts(&self) -> StatusCode {
        self.send(Method::GET, "/v1/accounts", None).await.status()
    }
}

fn unknown_key() -> String {
    let key = ApiKey::new(UserId(Uuid::now_v7()), std::array::from_fn(|_| Uuid::new_v4().as_bytes()[0]));
    key.to_text().expose_secret().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_writes_opens_the_journal_and_not_the_account() {
    let fleet = Fleet::start(Plan { instances: 2, ..Plan::default() }).await;
    let owner = User::new(fleet.gateway()).await;
    let program = owner.with_key("write").await.at(&fleet.gateways[1]);

    let account = program.create_account("By program").await;
    program.import(&account, "trips.csv", crate::user::round_trips(2, "101")).await;
    program.until_statistics(2).await;

    let accounts = owner.get("/v1/accounts").await;
    assert_eq!(accounts["items"][0]["id"], account.as_str());
    let mut live = program.live("").await;
    live.until("hello").await;
    for (method, path, body) in [
        (Method::GET, "/v1/auth/api-keys", None),
        (Method::POST, "/v1/auth/api-keys", Some(json!({"name": "Mine", "scope": "write"}))),
        (Method::GET, "/v1/auth/sessions", None),
        (
            Method::POST,
            "/v1/auth/password/change",
            Some(json!({"current_password": "a", "new_password": "b"})),
        ),
    ] {
        let answer = program.send(method, path, body).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_key_is_refused_everywhere_within_a_second() {
    let fleet = Fleet::start(Plan { instances: 2, ..Plan::default() }).await;
    let owner = User::new(fleet.gateway()).await;
    let created = owner.new_key(json!({"name": "Sheet", "scope": "read"})).await;
    let program = owner.presenting(created["secret"].as_str().unwrap());
    let elsewhere = program.at(&fleet.gateways[1]);
    for gateway in [&program, &elsewhere] {
        assert_eq!(gateway.status_of_accounts().await, StatusCode::OK);
    }
    let keys = owner.get("/v1/auth/api-keys").await;
    assert_eq!(keys["items"][0]["name"], "Sheet");
    assert!(keys["items"][0]["last_used_at"].is_string() && keys["items"][0]["secret"].is_null(), "{keys}");
    assert_eq!(owner.get("/v1/auth/sessions").await["items"].as_array().unwrap().len(), 1);

    let path = format!("/v1/auth/api-keys/{}", created["id"].as_str().unwrap());
    assert_eq!(owner.send(Method::DELETE, &path, None).await.status(), StatusCode::NO_CONTENT);
    let revoked = Instant::now();

    assert_eq!(program.status_of_accounts().await, StatusCode::UNAUTHORIZED);
    while elsewhere.status_of_accounts().await != StatusCode::UNAUTHORIZED {
        assert!(revoked.elapsed() < Duration::from_secs(5), "the other gateway still accepts the key");
    }
    assert_eq!(owner.get("/v1/auth/api-keys").await["items"], json!([]));
    assert_eq!(owner.send(Method::DELETE, &path, None).await.status(), StatusCode::NO_CONTENT);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_told_again_for_its_idempotency_key_and_stored_nowhere() {
    let fleet = Fleet::start(Plan::default()).await;
    let owner = User::new(fleet.gateway()).await;
    let create = async || {
        let request = owner.client.post(format!("{}/v1/auth/api-keys", owner.gateway));
        let request = request.bearer_auth(&owner.access_token).header("idempotency-key", "k1");
        let answer = request.json(&json!({"name": "Sheet", "scope": "read"})).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::CREATED);
        (answer.headers().contains_key("idempotent-replayed"), answer.text().await.unwrap())
    };

    let (first, again) = (create().await, create().await);

    assert_eq!((first.0, again.0), (false, true));
    assert_eq!(first.1, again.1);
    let created: Value = serde_json::from_str(&first.1).unwrap();
    let secret = created["secret"].as_str().unwrap();
    assert_eq!(owner.presenting(secret).status_of_accounts().await, StatusCode::OK);
    let tables = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'";
    let pool = &fleet.auth.every_row;
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(pool).await.unwrap();
    for table in tables {
        // Bytes are shown as hexadecimal digits: those of the secret's text are looked for, too.
        let query = format!(
            "SELECT count(*) FROM \"{table}\" t WHERE t::text LIKE '%' || $1 || '%'
             OR t::text LIKE '%' || encode(convert_to($1, 'UTF8'), 'hex') || '%'"
        );
        let found: i64 =
            sqlx::query_scalar(AssertSqlSafe(query)).bind(&secret[4..]).fetch_one(pool).await.unwrap();
        assert_eq!(found, 0, "{table} holds the secret");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_key_is_refused_and_what_cannot_be_one_is_not_made() {
    let fleet = Fleet::start(Plan::default()).await;
    let owner = User::new(fleet.gateway()).await;
    let created = owner.new_key(json!({"name": "Sheet", "scope": "read"})).await;
    let good = created["secret"].as_str().unwrap();

    let typo = format!("{}x", &good[..good.len() - 1]);
    for bad in ["jrn_", "jrn_x", &typo, &unknown_key(), &format!("jrn_{}", "A".repeat(10_000))] {
        assert_eq!(owner.presenting(bad).status_of_accounts().await, StatusCode::UNAUTHORIZED, "{bad}");
    }
    for (body, field) in [
        (json!({"name": "", "scope": "read"}), "name"),
        (json!({"name": "a\nb", "scope": "read"}), "name"),
        (json!({"name": "x".repeat(101), "scope": "read"}), "name"),
        (json!({"name": "a", "scope": "admin"}), "scope"),
        (json!({"name": "a", "scope": "read", "expires_at": "2020-01-01T00:00:00Z"}), "expires_at"),
        (json!({"name": "a", "scope": "read", "expires_at": "tomorrow"}), "expires_at"),
        (json!({"name": "a", "scope": "read", "secret": "mine"}), "secret"),
    ] {
        let answer = owner.send(Method::POST, "/v1/auth/api-keys", Some(body.clone())).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        let problem: Value = answer.json().await.unwrap();
        assert!(problem.to_string().contains(field), "{problem}");
    }
    for _ in 1..20 {
        owner.new_key(json!({"name": "Sheet", "scope": "read"})).await;
    }
    let body = json!({"name": "One more", "scope": "read"});
    let answer = owner.send(Method::POST, "/v1/auth/api-keys", Some(body)).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_key_and_one_of_before_a_new_password_are_refused() {
    let fleet = Fleet::start(Plan::default()).await;
    let owner = User::new(fleet.gateway()).await;
    let (expired, ended) = (owner.with_key("read").await, owner.with_key("read").await);
    let expire = "UPDATE sessions SET expires_at = now() - interval '1 second'
                  WHERE id = (SELECT id FROM api_keys ORDER BY created_at LIMIT 1)";
    sqlx::query(expire).execute(&fleet.auth.every_row).await.unwrap();
    assert_eq!(expired.status_of_accounts().await, StatusCode::UNAUTHORIZED);
    assert_eq!(ended.status_of_accounts().await, StatusCode::OK);

    let change =
        json!({"current_password": crate::user::PASSWORD, "new_password": "a wholly different phrase"});
    let changed = owner.send(Method::POST, "/v1/auth/password/change", Some(change)).await;
    assert_eq!(changed.status(), StatusCode::NO_CONTENT);

    testing::eventually("the key to end with the old password", async || {
        (ended.status_of_accounts().await == StatusCode::UNAUTHORIZED).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_count_for_their_address_and_requests_for_their_key() {
    let mut rate_limits = rate_limits("20/600");
    rate_limits.rate_limit_anonymous = "5/600".parse().unwrap();
    let fleet = Fleet::start(Plan { rate_limits, ..Plan::default() }).await;
    let owner = User::new(fleet.gateway()).await;
    let (one, other) = (owner.with_key("read").await, owner.with_key("read").await);
    for _ in 0..20 {
        assert_eq!(one.status_of_accounts().await, StatusCode::OK);
    }
    assert_eq!(one.status_of_accounts().await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(other.status_of_accounts().await, StatusCode::OK);
    assert_eq!(owner.status_of_accounts().await, StatusCode::OK);

    let mut refused = 0;
    for _ in 0..10 {
        let status = owner.presenting(&unknown_key()).status_of_accounts().await;
        refused += u32::from(status == StatusCode::TOO_MANY_REQUESTS);
    }

    assert!(refused >= 5, "{refused} of 10 guesses were refused for their number");
    let asked: i64 = sqlx::query_scalar("SELECT count(*) FROM api_keys WHERE last_used_at IS NOT NULL")
        .fetch_one(&fleet.auth.every_row)
        .await
        .unwrap();
    assert_eq!(asked, 2);
}
