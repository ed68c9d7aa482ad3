//! Auth in process, over a database of its own and without a broker: what it tells others stays in the outbox to be read.

use auth::{Config, KeyRotation, Passkeys};
use identity::Issuer;
use journal_proto::auth::v1::{
    LoginRequest, LoginResponse, LogoutRequest, RefreshRequest, RefreshResponse, RegisterRequest, Tokens,
    User, auth_service_client::AuthServiceClient,
};
use prost::{Message, Name};
use runtime::{grpc::Link, secrets::Given};
use secrecy::SecretString;
use sqlx::PgPool;
use std::time::Duration;
use testing::{Running, TestDatabase};
use tonic::{Code, Status};
use tonic_types::StatusExt as _;
use uuid::Uuid;

pub type Client = AuthServiceClient<Link>;

pub const PASSWORD: &str = "correct horse battery staple";

/// Two peppers, of which `new` makes the hashes.
pub const PEPPERS: &str = "new:AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=,\
                           old:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

/// What seals secrets.
pub const VAULT_KEY: &str = "vault:AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM=";

/// One database, one key, and instances of auth on them.
pub struct Auth {
    /// Of the first instance.
    pub client: Client,
    /// To its other services.
    pub channel: Link,
    /// May do what no service may: move times, look at hashes.
    pub owner: PgPool,
    pub database: TestDatabase,
    pub pem: SecretString,
    _running: Running,
}

/// A fresh auth.
pub async fn auth() -> Auth {
    let database = testing::database("auth", &auth::migrators()).await;
    let pem = Issuer::generate_pem().unwrap();
    let (running, channel) = serve(config(&database, &pem)).await;
    let client = AuthServiceClient::new(channel.clone());
    Auth { client, channel, owner: database.every_row.clone(), database, pem, _running: running }
}

/// An instance on `database`.
pub async fn start_instance(
    database: &TestDatabase,
    pem: &SecretString,
    cleanup_every: Duration,
) -> (Running, Client) {
    start_with(Config { cleanup_every, ..config(database, pem) }).await
}

async fn start_with(config: Config) -> (Running, Client) {
    let (running, channel) = serve(config).await;
    (running, AuthServiceClient::new(channel))
}

/// An instance with other settings, and a way to all of its services.
pub async fn serve(mut config: Config) -> (Running, Link) {
    let (grpc, url) = testing::grpc();
    config.grpc = grpc;
    let running = testing::start(|shutdown| auth::run(config, shutdown));
    (running, testing::link("auth", &url))
}

/// The settings of an instance.
pub fn config(database: &TestDatabase, pem: &SecretString) -> Config {
    Config {
        grpc: testing::grpc().0,
        admin: testing::admin(),
        postgres: database.settings(),
        events: events::Settings {
            amqp_url: "amqp://127.0.0.1:1".into(),
            amqp_prefix: "nowhere.".to_owned(),
            amqp_alone: true,
        },
        signing_key: pem.clone().into(),
        key_rotation: KeyRotation { notice: Duration::from_mins(10), ..KeyRotation::default() },
        password_pepper: PEPPERS.into(),
        vault_key: VAULT_KEY.into(),
        passkeys: Passkeys {
            passkey_domain: "localhost".to_owned(),
            passkey_origins: vec!["http://localhost:8080".to_owned()],
        },
        oidc_providers: Given::default(),
        public_url: "http://127.0.0.1:8080".to_owned(),
        require_verified_email: false,
        cleanup_every: Duration::from_mins(10),
        telemetry: testing::telemetry(),
    }
}

impl Auth {
    /// Another instance on the same database, with the same key.
    pub async fn another_instance(&self) -> (Running, Client) {
        start_instance(&self.database, &self.pem, Duration::from_mins(10)).await
    }

    /// Another one that lets nobody sign in who has not verified the address.
    pub async fn strict_instance(&self) -> (Running, Client) {
        start_with(Config { require_verified_email: true, ..config(&self.database, &self.pem) }).await
    }

    pub async fn register(&self, email: &str) {
        self.client.clone().register(registration(email)).await.unwrap();
    }

    pub async fn login(&self, email: &str) -> Tokens {
        self.login_with(login_of(email)).await.unwrap().0
    }

    pub async fn login_with(&self, request: LoginRequest) -> Result<(Tokens, User), Status> {
        let answer = self.answer_to(request).await?;
        Ok((answer.tokens.unwrap(), answer.user.unwrap()))
    }

    pub async fn answer_to(&self, request: LoginRequest) -> Result<LoginResponse, Status> {
        Ok(self.client.clone().login(request).await?.into_inner())
    }

    /// Tokens of a new user's first session.
    pub async fn signed_in(&self, email: &str) -> Tokens {
        self.register(email).await;
        self.login(email).await
    }

    pub async fn refresh(&self, token: &str) -> Result<Tokens, Status> {
        refresh(&self.client, token).await.map(|answer| answer.tokens.unwrap())
    }

    pub async fn logout(&self, token: &str) {
        let request = LogoutRequest { refresh_token: token.to_owned(), ..LogoutRequest::default() };
        self.client.clone().logout(request).await.unwrap();
    }

    pub async fn me(&self, access_token: &str) -> Result<User, Status> {
        let request = testing::with_bearer(journal_proto::auth::v1::GetMeRequest {}, access_token);
        Ok(self.client.clone().get_me(request).await?.into_inner())
    }

    /// How many refresh tokens of the session could be used now.
    pub async fn usable_tokens(&self, session_id: &str) -> i64 {
        sqlx::query_scalar(
            "SELECT count(*) FROM refresh_tokens AS token JOIN sessions ON sessions.id = session_id
             WHERE session_id = $1 AND consumed_at IS NULL AND token.expires_at > now()
               AND revoked_at IS NULL AND sessions.expires_at > now()",
        )
        .bind(id(session_id))
        .fetch_one(&self.owner)
        .await
        .unwrap()
    }

    /// Why the session was ended, if it was.
    pub async fn end_of(&self, session_id: &str) -> Option<String> {
        sqlx::query_scalar("SELECT revoke_reason FROM sessions WHERE id = $1")
            .bind(id(session_id))
            .fetch_one(&self.owner)
            .await
            .unwrap()
    }

    /// Runs an UPDATE or INSERT that no service could.
    pub async fn arrange(&self, sql: &'static str, session_id: &str) {
        let changed = sqlx::query(sql).bind(id(session_id)).execute(&self.owner).await.unwrap();
        assert!(changed.rows_affected() > 0, "nothing was arranged by: {sql}");
    }

    /// Everything of a kind that was told to others.
    pub async fn told<E: Message + Name + Default>(&self) -> Vec<E> {
        let payloads: Vec<Vec<u8>> =
            sqlx::query_scalar("SELECT payload FROM outbox WHERE routing_key = $1 ORDER BY id")
                .bind(E::full_name())
                .fetch_all(&self.owner)
                .await
                .unwrap();
        payloads.iter().map(|payload| E::decode(payload.as_slice()).unwrap()).collect()
    }
}

/// By the program that [`auth`]'s users have.
pub async fn refresh(client: &Client, token: &str) -> Result<RefreshResponse, Status> {
    refresh_by(client, token, "Firefox").await
}

/// By a program that calls itself `user_agent`.
pub async fn refresh_by(client: &Client, token: &str, user_agent: &str) -> Result<RefreshResponse, Status> {
    let request = RefreshRequest {
        refresh_token: token.to_owned(),
        user_agent: user_agent.to_owned(),
        device_token: String::new(),
    };
    Ok(client.clone().refresh(request).await?.into_inner())
}

/// How often a race is run: many times in the long form of the tests.
pub fn rounds(short: usize, long: usize) -> usize {
    if std::env::var_os("LONG_TESTS").is_some() { long } else { short }
}

pub fn registration(email: &str) -> RegisterRequest {
    RegisterRequest { email: email.to_owned(), password: PASSWORD.to_owned(), display_name: "Ada".to_owned() }
}

pub fn login_of(email: &str) -> LoginRequest {
    LoginRequest {
        email: email.to_owned(),
        password: PASSWORD.to_owned(),
        device_name: "Firefox on Linux".to_owned(),
        ip_address: "192.0.2.7".to_owned(),
        device_token: String::new(),
        totp: String::new(),
    }
}

pub fn id(text: &str) -> Uuid {
    text.parse().unwrap()
}

/// Asserts the code and tells the reason.
pub fn reason_of(status: &Status, code: Code) -> String {
    assert_eq!(status.code(), code, "{status}");
    status.get_details_error_info().expect("the status has no reason").reason
}

/// Asserts `INVALID_ARGUMENT` and tells the field at fault.
pub fn field_of(status: &Status) -> String {
    assert_eq!(status.code(), Code::InvalidArgument, "{status}");
    let violations = status.get_details_bad_request().expect("the status names no field").field_violations;
    violations.into_iter().next().expect("the status names no field").field
}
