//! A setting that is missing or malformed ends the start, which names it and says what is expected.

use secrecy::ExposeSecret as _;
use testing::{assert_refused, refusal};

const NOTIFICATIONS: &str = env!("CARGO_BIN_EXE_notifications");

#[test]
fn a_malformed_setting_ends_the_start() {
    let (key, keys) = (testing::service_key("notifications"), testing::service_keys());

    assert_refused(
        NOTIFICATIONS,
        &[
            ("DATABASE_URL", "postgres://nobody@127.0.0.1:1/notifications"),
            ("AMQP_URL", "amqp://127.0.0.1:1"),
            ("SERVICE_KEY", key.expose_secret()),
            ("SERVICE_KEYS", &keys),
            ("MAIL_FROM", "journal@example.com"),
        ],
        &[
            ("GRPC_ADDRESS", "50051", "such as 0.0.0.0:8080"),
            ("DATABASE_URL", "canary", "postgres://role:password@host:port/database"),
            ("REDIS_URL", "http://canary", "redis://user:password@host:port"),
            ("SMTP_URL", "http://canary", "smtp:// or smtps:// URL"),
            ("MAIL_FROM", "the journal", "invalid"),
        ],
    );
}

#[test]
fn a_missing_setting_ends_the_start() {
    let said = refusal(NOTIFICATIONS, &[]);

    assert!(said.contains("set DATABASE_URL, DATABASE_URL_FILE or DATABASE_URL_ARN (postgres://"), "{said}");
}
