//! A setting that is missing or malformed ends the start, which names it and says what is expected.

use secrecy::ExposeSecret as _;
use testing::{assert_refused, refusal};

const GATEWAY: &str = env!("CARGO_BIN_EXE_gateway");

#[test]
fn a_malformed_setting_ends_the_start() {
    let (key, cursors) = (testing::service_key("gateway"), gateway::generate_cursor_key());

    assert_refused(
        GATEWAY,
        &[("SERVICE_KEY", key.expose_secret()), ("CURSOR_KEYS", cursors.expose_secret())],
        &[
            ("HTTP_ADDRESS", "8080", "such as 0.0.0.0:8080"),
            ("REQUEST_SECONDS", "5s", "whole number of seconds"),
            ("MAX_UPLOAD_BYTES", "10 MB", "invalid digit"),
            ("RATE_LIMIT_READ", "many", "/"),
            ("BULKHEAD_FILES", "16", "/"),
            ("TRUSTED_PROXIES", "everybody", "invalid"),
            ("COOKIE_SECURE", "maybe", "possible values: true, false"),
            ("TRADES_URL", "trades", "http://host:port"),
            ("REDIS_URL", "http://canary", "redis://user:password@host:port"),
            ("WEB_DIR", "/no/such/folder", "/no/such/folder"),
            ("CURSOR_KEYS", "canary", "32 bytes in base64"),
        ],
    );
}

#[test]
fn a_missing_setting_ends_the_start() {
    let said = refusal(GATEWAY, &[]);

    assert!(said.contains("set CURSOR_KEYS") || said.contains("set SERVICE_KEY"), "{said}");
}
