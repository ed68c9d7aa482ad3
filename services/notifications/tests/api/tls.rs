//! PostgreSQL, RabbitMQ and Redis by TLS: an authority that the machine trusts is enough, and one that it does not know is refused.

use crate::tls_front::{Prelude, TlsFront, certificate};
use secrecy::ExposeSecret as _;
use serde_json::Value;
use std::{
    path::Path,
    process::{Child, Command, Stdio},
};
use testing::eventually;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// The service as a process of its own: which authorities are trusted is a matter of the environment.
struct Process {
    child: Child,
    admin: String,
}

impl Process {
    fn start(settings: &[(&str, &str)], authority: &Path) -> Self {
        let admin = free();
        let child = Command::new(env!("CARGO_BIN_EXE_notifications"))
            .arg("serve")
            .env("ADMIN_ADDRESS", &admin)
            .env("GRPC_ADDRESS", free())
            .env("JWKS", testing::jwks())
            .env("SERVICE_KEY", testing::service_key("notifications").expose_secret())
            .env("SERVICE_KEYS", testing::service_keys())
            .env("SSL_CERT_FILE", authority)
            .envs(settings.iter().copied())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        Self { child, admin }
    }

    /// What `/ready` says of what it depends on; `None` while nobody answers.
    async fn dependencies(&self) -> Option<Value> {
        let mut stream = TcpStream::connect(&self.admin).await.ok()?;
        stream.write_all(b"GET /ready HTTP/1.0\r\nHost: j\r\n\r\n").await.ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.ok()?;
        let (_, body) = answer.split_once("\r\n\r\n")?;
        serde_json::from_str::<Value>(body).ok().map(|mut body| body["dependencies"].take())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn free() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}

/// Login, place (host and port), and path of a URL.
fn parts(url: &str) -> (&str, &str, &str) {
    let (login, rest) = url.split_once("://").unwrap().1.rsplit_once('@').unwrap();
    let (place, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    (login, place, path)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_server_is_reached_by_tls_and_none_whose_authority_is_unknown() {
    let database = testing::database("notifications_tls", &notifications::migrators()).await;
    let (redis, events) = (testing::redis_settings(), testing::events_settings());
    let (redis, amqp) = (redis.redis_url.value().unwrap(), events.amqp_url.value().unwrap());
    let identity = certificate();
    let folder = tempfile::tempdir().unwrap();
    let (known, other) = (folder.path().join("known.pem"), folder.path().join("other.pem"));
    std::fs::write(&known, identity.cert.pem()).unwrap();
    std::fs::write(&other, certificate().cert.pem()).unwrap();
    let (login, place, path) = parts(&database.url);
    let postgres = TlsFront::before(place, Prelude::Postgres, &identity).await;
    let database_url = |authority: &Path| {
        let authority = authority.display();
        format!("postgres://{login}@{}{path}?sslmode=verify-full&sslrootcert={authority}", postgres.address)
    };
    let (login, place, _) = parts(redis.expose_secret());
    let front = TlsFront::before(place, Prelude::Nothing, &identity).await;
    let redis_url = format!("rediss://{login}@{}", front.address);
    let (login, place, path) = parts(amqp.expose_secret());
    let rabbitmq = TlsFront::before(place, Prelude::Nothing, &identity).await;
    let amqp_url = format!("amqps://{login}@{}{path}", rabbitmq.address);
    let (good, bad) = (database_url(&known), database_url(&other));
    let servers =
        [("REDIS_URL", &*redis_url), ("AMQP_URL", &*amqp_url), ("AMQP_PREFIX", &*events.amqp_prefix)];

    let trusting = Process::start(&[&servers[..], &[("DATABASE_URL", &*good)]].concat(), &known);
    let stranger = Process::start(&[&servers[..], &[("DATABASE_URL", &*good)]].concat(), &other);
    let cautious = Process::start(&[&servers[..], &[("DATABASE_URL", &*bad)]].concat(), &known);

    let becomes = async |process: &Process, states: [(&str, &str); 3]| {
        eventually(&format!("{states:?}"), async || {
            let told = process.dependencies().await?;
            states.iter().all(|(name, state)| told[name] == *state).then_some(())
        })
        .await;
    };
    becomes(&trusting, [("postgres", "ok"), ("rabbitmq", "ok"), ("redis", "ok")]).await;
    becomes(&stranger, [("postgres", "ok"), ("rabbitmq", "degraded"), ("redis", "degraded")]).await;
    becomes(&cautious, [("postgres", "unavailable"), ("rabbitmq", "ok"), ("redis", "ok")]).await;
}
