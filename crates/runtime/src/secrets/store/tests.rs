//! A Secrets Manager that does as it is told: what it is asked, and what becomes of a secret when it is gone.

use super::*;
use crate::secrets::{Given, Named, Secret};
use aws_sdk_secretsmanager::config::{Credentials, retry::RetryConfig};
use axum::{Router, extract::State, http::StatusCode};
use secrecy::ExposeSecret as _;
use std::sync::atomic::{AtomicUsize, Ordering};

enum Password {}

impl Named for Password {
    const NAME: &'static str = "PASSWORD";
    const MEANING: &'static str = "What opens the door";
    const ADVICE: &'static str = "ask Ada";
}

/// Answers every question with the same status and body, and counts them.
#[derive(Clone)]
struct Stub {
    answer: Arc<Mutex<(StatusCode, String)>>,
    asked: Arc<AtomicUsize>,
    url: String,
}

impl Stub {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let stub = Self { answer: Arc::default(), asked: Arc::default(), url };
        let router =
            Router::new().fallback(async |State(stub): State<Self>| stub.answer()).with_state(stub.clone());
        #[expect(clippy::disallowed_methods, reason = "it ends with the test")]
        tokio::spawn(async move { axum::serve(listener, router).await });
        stub
    }

    fn answer(&self) -> (StatusCode, String) {
        self.asked.fetch_add(1, Ordering::SeqCst);
        self.answer.lock().unwrap().clone()
    }

    fn holds(&self, text: &str) {
        let body = serde_json::json!({"Name": "door", "SecretString": text}).to_string();
        *self.answer.lock().unwrap() = (StatusCode::OK, body);
    }

    fn fails(&self, status: StatusCode, code: &str) {
        let body = serde_json::json!({"__type": code, "message": "no"}).to_string();
        *self.answer.lock().unwrap() = (status, body);
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    fn secrets(&self, settings: SecretsManager) -> Secrets {
        secrets_at(&self.url, settings)
    }
}

fn secrets_at(url: &str, settings: SecretsManager) -> Secrets {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("id", "key", None, None, "test"))
        .retry_config(RetryConfig::disabled())
        .endpoint_url(url);
    Secrets::through(Client::from_conf(config.build()), settings)
}

fn hurried() -> SecretsManager {
    SecretsManager { secrets_refresh: Duration::from_millis(20), secrets_start: Duration::from_secs(10) }
}

async fn open(secrets: &Secrets, reference: &str) -> anyhow::Result<Secret> {
    Given::<Password>::in_secrets_manager(reference).open(secrets).await
}

async fn until(condition: impl Fn() -> bool) {
    tokio::time::timeout(Duration::from_secs(20), async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn several_settings_of_one_secret_share_answers() {
    let stub = Stub::start().await;
    stub.holds(r#"{"a": "1", "b": "2"}"#);
    let secrets = stub.secrets(SecretsManager::default());

    let (a, b) = (open(&secrets, "door#a").await.unwrap(), open(&secrets, "door#b").await.unwrap());

    assert_eq!((a.current().expose_secret(), b.current().expose_secret()), ("1", "2"));
    assert_eq!(stub.asked(), 1);
    for _ in 0..50 {
        assert!(!a.renew(&"1".into()).await);
        assert!(!b.renew(&"2".into()).await);
    }
    assert!(stub.asked() <= 3, "{} questions", stub.asked());
}

#[tokio::test]
async fn while_secrets_manager_fails_the_old_secret_stays_and_afterwards_the_new_one_counts() {
    let stub = Stub::start().await;
    stub.holds("old");
    let mut secret = open(&stub.secrets(hurried()), "door").await.unwrap();

    stub.fails(StatusCode::INTERNAL_SERVER_ERROR, "InternalServiceError");
    let asked = stub.asked();
    until(|| stub.asked() > asked + 3).await;
    assert_eq!(secret.current().expose_secret(), "old");
    stub.holds("new");

    secret.changed().await;
    assert_eq!(secret.current().expose_secret(), "new");
}

#[tokio::test]
async fn a_start_waits_for_a_secrets_manager_that_is_not_there_yet() {
    let stub = Stub::start().await;
    stub.fails(StatusCode::SERVICE_UNAVAILABLE, "InternalServiceError");
    let (secrets, coming) = (stub.secrets(hurried()), stub.clone());

    let opening = async {
        let opened = open(&secrets, "door").await;
        opened.unwrap()
    };
    let (secret, ()) = tokio::join!(opening, async move {
        until(|| coming.asked() > 1).await;
        coming.holds("late");
    });

    assert_eq!(secret.current().expose_secret(), "late");
}

#[tokio::test]
async fn a_start_gives_up_after_a_while_and_names_the_setting() {
    let settings = SecretsManager { secrets_start: Duration::from_millis(500), ..hurried() };

    let error = open(&secrets_at("http://127.0.0.1:1", settings), "door").await.unwrap_err();

    let error = format!("{error:#}");
    assert!(error.starts_with("PASSWORD_ARN door: Secrets Manager cannot be asked"), "{error}");
}

#[tokio::test]
async fn what_will_never_be_answered_is_not_asked_twice() {
    let stub = Stub::start().await;
    stub.fails(StatusCode::BAD_REQUEST, "AccessDeniedException");

    let error = open(&stub.secrets(hurried()), "door").await.unwrap_err();

    assert_eq!(format!("{error:#}"), "PASSWORD_ARN door: Secrets Manager says AccessDeniedException: no");
    assert_eq!(stub.asked(), 1);
}
