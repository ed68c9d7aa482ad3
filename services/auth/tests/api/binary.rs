//! The program itself: its subcommands, its settings, its end.

use crate::support::{PEPPERS, VAULT_KEY};
use identity::Issuer;
use runtime::Clock;
use secrecy::{ExposeSecret as _, SecretString};
use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    process::{Child, Command, ExitStatus, Output, Stdio},
    time::Duration,
};

/// The program, without a setting from outside.
pub fn auth() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_auth"));
    command.env_clear().stdin(Stdio::null());
    command
}

pub fn run(command: &mut Command) -> (Output, String) {
    let output = command.output().unwrap();
    let said = [&output.stdout[..], &output.stderr[..]].concat();
    let said = String::from_utf8(said).unwrap();
    (output, said)
}

pub fn free_address() -> SocketAddr {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap()
}

#[test]
fn generate_key_prints_a_new_key_that_can_sign() {
    let (first, pem) = run(auth().arg("generate-key"));
    let (_, other) = run(auth().arg("generate-key"));

    assert!(first.status.success());
    assert_ne!(pem, other);
    Issuer::from_pem(&SecretString::from(pem), Clock::system()).unwrap();
}

#[test]
fn generate_pepper_prints_a_new_entry_each_time() {
    let (first, entry) = run(auth().arg("generate-pepper"));
    let (_, other) = run(auth().arg("generate-pepper"));

    assert!(first.status.success());
    assert_ne!(entry, other);
    let (id, key) = entry.trim_end().split_once(':').unwrap();
    assert_eq!((id.len(), key.len()), (8, 44), "{entry}");
}

#[test]
fn generate_vault_key_prints_a_new_entry_each_time() {
    let (first, entry) = run(auth().arg("generate-vault-key"));
    let (_, other) = run(auth().arg("generate-vault-key"));

    assert!(first.status.success());
    assert_ne!(entry, other);
    assert_eq!(entry.trim_end().split_once(':').unwrap().1.len(), 44, "{entry}");
}

#[test]
fn without_a_pepper_it_does_not_start_and_a_bad_one_is_not_shown() {
    let key = Issuer::generate_pem().unwrap();
    for (pepper, complaint) in
        [("", "set PASSWORD_PEPPER, PASSWORD_PEPPER_FILE or PASSWORD_PEPPER_ARN"), ("canary-4711", "id:key")]
    {
        let mut command = auth();
        command
            .env("DATABASE_URL", "postgres://nobody@127.0.0.1:1/auth")
            .env("AMQP_URL", "amqp://127.0.0.1:1")
            .env("SIGNING_KEY", key.expose_secret())
            .env("PASSWORD_PEPPER", pepper)
            .env("VAULT_KEY", VAULT_KEY)
            .env("SERVICE_KEYS", testing::service_keys());

        let (output, said) = run(&mut command);

        assert!(!output.status.success());
        assert!(said.contains(complaint) && !said.contains("canary-4711"), "{said}");
    }
}

#[test]
fn a_key_that_is_none_is_refused_without_being_shown() {
    let settings = [
        ("DATABASE_URL", "postgres://nobody@127.0.0.1:1/auth"),
        ("AMQP_URL", "amqp://127.0.0.1:1"),
        ("SIGNING_KEY", "canary-4711"),
    ];

    let (output, said) = run(auth().arg("serve").envs(settings));

    assert!(!output.status.success());
    assert!(said.contains("not an Ed25519 key"), "{said}");
    assert!(!said.contains("canary-4711"), "{said}");
}

#[test]
fn a_secrets_manager_that_is_not_there_ends_the_start_and_names_the_setting() {
    let settings = [
        ("PASSWORD_PEPPER_ARN", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:pepper-AbCdEf"),
        ("AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://127.0.0.1:1"),
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "canary-4711"),
        ("SECRETS_START_SECONDS", "1"),
    ];

    let (output, said) = run(auth().arg("serve").envs(settings));

    assert!(!output.status.success());
    assert!(said.contains("PASSWORD_PEPPER_ARN arn:aws:") && said.contains("cannot be asked"), "{said}");
    assert!(!said.contains("canary-4711"), "{said}");
}

#[test]
fn a_secret_among_the_arguments_is_refused_without_being_shown() {
    let (output, said) = run(auth().args(["serve", "--password-pepper", "canary-4711"]));

    assert!(!output.status.success());
    assert!(said.contains("PASSWORD_PEPPER_FILE") && !said.contains("canary-4711"), "{said}");
}

#[test]
fn the_help_is_the_reference_of_all_settings() {
    let (output, help) = run(auth().args(["serve", "--help"]));

    assert!(output.status.success());
    for name in [
        "GRPC_ADDRESS",
        "ADMIN_ADDRESS",
        "DATABASE_URL",
        "DATABASE_URL_ARN",
        "DATABASE_LOGIN_ARN",
        "SECRETS_REFRESH_SECONDS",
        "AMQP_URL",
        "AMQP_PREFIX",
        "SIGNING_KEY",
        "SIGNING_KEY_FILE",
        "SIGNING_KEY_SECONDS",
        "SIGNING_KEY_NOTICE_SECONDS",
        "PASSWORD_PEPPER",
        "PASSWORD_PEPPER_FILE",
        "VAULT_KEY",
        "VAULT_KEY_FILE",
        "PASSKEY_DOMAIN",
        "PASSKEY_ORIGINS",
        "OIDC_PROVIDERS",
        "OIDC_PROVIDERS_FILE",
        "OIDC_PROVIDERS_ARN",
        "PUBLIC_URL",
        "REQUIRE_VERIFIED_EMAIL",
        "CLEANUP_SECONDS",
        "LOG_FORMAT",
        "RUST_LOG",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "DRAIN_SECONDS",
    ] {
        let (shown, hidden) = (format!("[env: {name}="), format!("[env: {name}]"));
        assert!(help.contains(&shown) || help.contains(&hidden), "{name} is not in the help");
    }
}

/// How it ended; it is killed when it has not after the half minute that a stop may take.
async fn until_ended(serving: &mut Child) -> ExitStatus {
    for _ in 0..300 {
        if let Some(status) = serving.try_wait().unwrap() {
            return status;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    serving.kill().unwrap();
    serving.wait().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_migrates_serves_until_sigterm_and_ends_well() {
    let database = testing::database("auth", &[]).await;
    let (output, said) = run(auth().arg("migrate").env("MIGRATION_DATABASE_URL", &database.owner_url));
    assert!(output.status.success(), "{said}");
    let admin = free_address();
    let key = Issuer::generate_pem().unwrap();
    let mut serving = auth()
        .env("DATABASE_URL", &database.url)
        .env("AMQP_URL", "amqp://127.0.0.1:1")
        .env("SIGNING_KEY", key.expose_secret())
        .env("PASSWORD_PEPPER", PEPPERS)
        .env("VAULT_KEY", VAULT_KEY)
        .env("SERVICE_KEYS", testing::service_keys())
        .env("GRPC_ADDRESS", free_address().to_string())
        .env("ADMIN_ADDRESS", admin.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();

    testing::eventually("/ready is green", async || get(admin, "/ready").filter(|a| a.contains(" 200 ")))
        .await;
    let health = get(admin, "/health").unwrap();
    let killed = Command::new("kill").args(["-TERM", &serving.id().to_string()]).status().unwrap();
    let status = until_ended(&mut serving).await;

    assert!(health.contains(r#""service":"auth""#), "{health}");
    assert!(killed.success() && status.success(), "{status}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_makes_the_first_admin_and_locks_users_out() {
    let auth = crate::support::auth().await;
    auth.register("ada@example.com").await;
    let url = &auth.database.url;
    let told = |arguments: &[&str]| run(super::binary::auth().args(arguments).env("DATABASE_URL", url));

    let (granted, said) = told(&["grant-role", "Ada@Example.com", "admin"]);
    assert!(granted.status.success(), "{said}");
    let tokens = auth.login("ada@example.com").await;
    assert_eq!(auth.me(&tokens.access_token).await.unwrap().role, "admin");
    assert!(told(&["disable-user", "ada@example.com"]).0.status.success());
    assert!(auth.login_with(crate::support::login_of("ada@example.com")).await.is_err());
    assert!(told(&["enable-user", "ada@example.com"]).0.status.success());
    auth.login("ada@example.com").await;

    for (arguments, complaint) in [
        (&["grant-role", "ada@example.com", "root"][..], "user, mentor or admin"),
        (&["grant-role", "grace@example.com", "admin"], "no user has this address"),
        (&["disable-user", "nobody"], "e-mail address"),
    ] {
        let (refused, said) = told(arguments);
        assert!(!refused.status.success() && said.contains(complaint), "{said}");
    }
}

pub fn get(address: SocketAddr, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    let request = format!("GET {path} HTTP/1.1\r\nhost: auth\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}
