//! What the start needs: settings that are well, and a database, which may come later.

use crate::{
    binary::{auth, free_address, get, run},
    support::{PEPPERS, VAULT_KEY},
};
use identity::Issuer;
use secrecy::ExposeSecret as _;
use std::{
    net::SocketAddr,
    process::{Child, Command, Stdio},
};
use testing::assert_refused;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

#[test]
fn a_malformed_setting_ends_the_start_which_names_it_and_says_what_is_expected() {
    let (key, keys) = (Issuer::generate_pem().unwrap(), testing::service_keys());

    assert_refused(
        env!("CARGO_BIN_EXE_auth"),
        &[
            ("DATABASE_URL", "postgres://nobody@127.0.0.1:1/auth"),
            ("AMQP_URL", "amqp://127.0.0.1:1"),
            ("SIGNING_KEY", key.expose_secret()),
            ("PASSWORD_PEPPER", PEPPERS),
            ("VAULT_KEY", VAULT_KEY),
            ("SERVICE_KEYS", &keys),
        ],
        &[
            ("GRPC_ADDRESS", "localhost:50051", "such as 0.0.0.0:8080"),
            ("REQUIRE_VERIFIED_EMAIL", "maybe", "possible values: true, false"),
            ("DATABASE_URL", "mysql://canary@db/auth", "postgres://role:password@host:port/database"),
            ("AMQP_URL", "canary", "amqp://user:password@host:port/virtual-host"),
            ("PASSKEY_ORIGINS", "localhost", "is not a URL"),
            ("OIDC_PROVIDERS", "canary", "an array of {name, issuer, client_id, client_secret"),
        ],
    );
}

/// A process that is killed when the test is over.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The exit code of the subcommand that containers ask with, and its line.
fn healthcheck(admin: SocketAddr, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = auth();
    let (output, line) =
        run(command.arg("healthcheck").args(arguments).env("ADMIN_ADDRESS", admin.to_string()));
    (output.status.code(), line)
}

/// Passes connections to `place` on to `server`, until it is dropped.
async fn open_door(place: SocketAddr, server: String) -> JoinSet<()> {
    let listener = TcpListener::bind(place).await.unwrap();
    let mut tasks = JoinSet::new();
    tasks.spawn(async move {
        let mut connections = JoinSet::new();
        loop {
            let (mut client, _) = listener.accept().await.unwrap();
            let server = server.clone();
            connections.spawn(async move {
                let mut server = TcpStream::connect(server).await?;
                copy_bidirectional(&mut client, &mut server).await
            });
        }
    });
    tasks
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_away_at_the_start_is_waited_for_while_ready_says_so() {
    let database = testing::database("auth", &auth::migrators()).await;
    let (place, admin) = (free_address(), free_address());
    let real = database.place().trim_start_matches("postgres://").split('/').next().unwrap().to_owned();
    let key = Issuer::generate_pem().unwrap();
    let child = Command::new(env!("CARGO_BIN_EXE_auth"))
        .env_clear()
        .env("DATABASE_URL", database.url.replace(&real, &place.to_string()))
        .env("AMQP_URL", "amqp://127.0.0.1:1")
        .env("SIGNING_KEY", key.expose_secret())
        .env("PASSWORD_PEPPER", PEPPERS)
        .env("VAULT_KEY", VAULT_KEY)
        .env("SERVICE_KEYS", testing::service_keys())
        .env("GRPC_ADDRESS", free_address().to_string())
        .env("ADMIN_ADDRESS", admin.to_string())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let _serving = Killed(child);

    assert_eq!(healthcheck(free_address(), &[]).0, Some(1), "nobody listens there");
    let told = testing::eventually("/ready answers", async || get(admin, "/ready")).await;
    assert!(told.contains(" 503 ") && told.contains(r#""postgres":"unavailable""#), "{told}");
    assert_eq!(healthcheck(admin, &[]).0, Some(0), "it is alive");
    let (code, line) = healthcheck(admin, &["--ready"]);
    assert!(code == Some(1) && line.contains("postgres"), "{line}");

    let _door = open_door(place, real).await;

    testing::eventually("/ready is green", async || get(admin, "/ready").filter(|a| a.contains(" 200 ")))
        .await;
    assert_eq!(healthcheck(admin, &["--ready"]), (Some(0), "auth answers /ready with 200\n".to_owned()));
}
