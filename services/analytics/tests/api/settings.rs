//! A setting that is missing or malformed ends the start, which names it and says what is expected.

use secrecy::ExposeSecret as _;
use testing::{assert_refused, refusal};

const ANALYTICS: &str = env!("CARGO_BIN_EXE_analytics");

#[test]
fn a_malformed_setting_ends_the_start() {
    let (key, keys) = (testing::service_key("analytics"), testing::service_keys());

    assert_refused(
        ANALYTICS,
        &[
            ("DATABASE_URL", "postgres://nobody@127.0.0.1:1/analytics"),
            ("AMQP_URL", "amqp://127.0.0.1:1"),
            ("SERVICE_KEY", key.expose_secret()),
            ("SERVICE_KEYS", &keys),
        ],
        &[
            ("ADMIN_ADDRESS", "9464", "such as 0.0.0.0:8080"),
            ("GRPC_CONNECTIONS", "1000", "0..=255"),
            ("DATABASE_URL", "canary", "postgres://role:password@host:port/database"),
            ("DATABASE_REPLICA_URL", "canary", "postgres://role:password@host:port/database"),
            ("DATABASE_LOGIN", "canary", "JSON with username and password"),
            ("TRADES_URL", "https://trades", "http://host:port"),
            ("LOG_FORMAT", "xml", "possible values: json, text"),
        ],
    );
}

#[test]
fn a_missing_setting_ends_the_start() {
    let said = refusal(ANALYTICS, &[]);

    assert!(said.contains("set DATABASE_URL, DATABASE_URL_FILE or DATABASE_URL_ARN (postgres://"), "{said}");
}
