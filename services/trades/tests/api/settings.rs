//! A setting that is missing or malformed ends the start, which names it and says what is expected.

use secrecy::ExposeSecret as _;
use testing::{assert_refused, refusal};

const TRADES: &str = env!("CARGO_BIN_EXE_trades");

/// All that must be given, but for the keys.
const PLACES: [(&str, &str); 3] = [
    ("DATABASE_URL", "postgres://nobody@127.0.0.1:1/trades"),
    ("AMQP_URL", "amqp://127.0.0.1:1"),
    ("OBJECT_STORE_URL", "file:///nowhere"),
];

#[test]
fn a_malformed_setting_ends_the_start() {
    let (key, keys) = (testing::service_key("trades"), testing::service_keys());
    let good = [&PLACES[..], &[("SERVICE_KEY", key.expose_secret()), ("SERVICE_KEYS", &keys)]].concat();

    assert_refused(
        TRADES,
        &good,
        &[
            ("GRPC_ADDRESS", "trades:50051", "such as 0.0.0.0:8080"),
            ("DATABASE_MAX_CONNECTIONS", "many", "invalid digit"),
            ("MAX_UPLOAD_BYTES", "10 MB", "invalid digit"),
            ("DATABASE_URL", "mysql://canary@db/trades", "postgres://role:password@host:port/database"),
            ("AMQP_URL", "http://canary@rabbitmq", "amqp://user:password@host:port/virtual-host"),
            ("AUTH_URL", "auth", "http://host:port"),
            ("OBJECT_STORE_URL", "ftp://files", "file:///folder nor s3://bucket/prefix"),
            ("SERVICE_KEYS", "canary", "name:public"),
        ],
    );
}

#[test]
fn a_missing_setting_ends_the_start() {
    let said = refusal(TRADES, &PLACES[1..]);
    assert!(said.contains("set DATABASE_URL, DATABASE_URL_FILE or DATABASE_URL_ARN (postgres://"), "{said}");

    let said = refusal(TRADES, &PLACES[..2]);
    assert!(said.contains("--object-store-url <OBJECT_STORE_URL>"), "{said}");
}
