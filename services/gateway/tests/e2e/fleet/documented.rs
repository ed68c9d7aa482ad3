//! What a gateway answered, held against what `docs/openapi.json` says that it may answer.

use serde_json::Value;

/// What the document says nothing of: each answer by method, route and status that the gateways of this process gave to
/// an operation which has no such answer in it.
///
/// Read from their metrics, so that whatever a test does and however it asks, its answers count. A 500 is left to the test: no
/// document should have it.
pub fn undocumented() -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
    let document: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let measured = runtime::telemetry::render_metrics();
    let answers =
        measured.lines().filter(|line| line.starts_with("http_server_request_duration_seconds_count{"));
    let told = |line: &&str| {
        let [method, route, status] =
            ["http_request_method", "http_route", "http_response_status_code"].map(|name| label(line, name));
        let method = if method == "HEAD" { "get".to_owned() } else { method.to_lowercase() };
        // Whoever asks for another method is told so, and whoever asks for no path of ours.
        let Some(operation) = document["paths"][route].get(method) else { return true };
        status == "500" || operation["responses"].get(status).is_some()
    };
    answers.filter(|line| !told(line)).map(str::to_owned).collect()
}

fn label<'a>(line: &'a str, name: &str) -> &'a str {
    let value = line.split_once(&format!("{name}=\"")).map(|(_, rest)| rest);
    value.and_then(|rest| rest.split('"').next()).unwrap_or_else(|| panic!("no {name}: {line}"))
}
