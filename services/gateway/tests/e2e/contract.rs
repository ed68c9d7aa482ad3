//! The checked-in OpenAPI document is the one that the code gives.

use std::path::Path;

#[test]
fn the_checked_in_document_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let checked_in = std::fs::read_to_string(path).unwrap();

    assert!(
        checked_in.trim_end() == gateway::openapi_json().trim_end(),
        "docs/openapi.json is stale: cargo run -p gateway -- openapi > docs/openapi.json"
    );
}
