//! The checked-in OpenAPI document is the one that the code gives, and keeps what the last release promised.

mod breaking;

use serde_json::{Value, json};
use std::path::Path;

fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name);
    std::fs::read_to_string(path).unwrap()
}

fn document() -> Value {
    serde_json::from_str(&gateway::openapi_json()).unwrap()
}

#[test]
fn the_checked_in_document_is_up_to_date() {
    assert!(
        read("openapi.json").trim_end() == gateway::openapi_json().trim_end(),
        "docs/openapi.json is stale: cargo run -p gateway -- openapi > docs/openapi.json"
    );
}

#[test]
fn clients_of_the_last_release_are_not_broken() {
    let released: Value = serde_json::from_str(&read("openapi-released.json")).unwrap();

    let changes = breaking::changes(&released, &document());

    assert!(
        changes.is_empty(),
        "these changes break clients of docs/openapi-released.json: take them back, or release a new version of the API \
         (docs/decisions/0034-what-breaks-a-client.md):\n{}",
        changes.join("\n")
    );
}

#[test]
fn names_of_operations_are_theirs_alone() {
    let document = document();
    let operations =
        document["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values());
    let mut names: Vec<&str> =
        operations.map(|operation| operation["operationId"].as_str().unwrap()).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
}

/// A change to the document.
type Change = Box<dyn FnOnce(&mut Value)>;

/// What is said of one change to the document.
fn after(change: impl FnOnce(&mut Value)) -> Vec<String> {
    let (old, mut new) = (document(), document());
    change(&mut new);
    breaking::changes(&old, &new)
}

fn remove(value: &mut Value, pointer: &str, name: &str) {
    value.pointer_mut(pointer).unwrap().as_object_mut().unwrap().remove(name).unwrap();
}

#[test]
fn additions_break_nobody() {
    assert_eq!(after(|_| {}), <[&str; 0]>::default());
    let changes = after(|new| {
        new["paths"]["/v1/new"] = json!({"get": {"responses": {}}});
        new["components"]["schemas"]["Account"]["properties"]["new"] = json!({"type": "string"});
        new["components"]["schemas"]["NewAccount"]["properties"]["new"] = json!({"type": "string"});
        let parameters = &mut new["paths"]["/v1/trades"]["get"]["parameters"];
        parameters.as_array_mut().unwrap().push(json!({"in": "query", "name": "new"}));
        new["paths"]["/v1/trades"]["get"]["responses"]["409"] = json!({"description": "new"});
    });
    assert_eq!(changes, <[&str; 0]>::default());
}

#[test]
fn what_breaks_a_client_is_told() {
    let schemas = "/components/schemas";
    let properties = |name: &str| format!("{schemas}/{name}/properties");
    let cases: Vec<(&str, Change)> = vec![
        ("GET /v1/fills is gone", Box::new(|new| remove(new, "/paths", "/v1/fills"))),
        ("DELETE /v1/rates is gone", Box::new(|new| remove(new, "/paths/~1v1~1rates", "delete"))),
        ("POST /v1/accounts 201 has no field broker any more", {
            let place = properties("Account");
            Box::new(move |new| remove(new, &place, "broker"))
        }),
        (
            "POST /v1/accounts 201 may leave out the field id",
            Box::new(|new| {
                new["components"]["schemas"]["Account"]["required"] = json!(["name"]);
            }),
        ),
        (
            r#"POST /v1/accounts 201.version is {"string"} instead of {"integer"}"#,
            Box::new(|new| {
                new["components"]["schemas"]["Account"]["properties"]["version"]["type"] = json!("string");
            }),
        ),
        (
            "POST /v1/accounts body wants the field new",
            Box::new(|new| {
                let account = &mut new["components"]["schemas"]["NewAccount"];
                account["properties"]["new"] = json!({"type": "string"});
                account["required"].as_array_mut().unwrap().push(json!("new"));
            }),
        ),
        ("POST /v1/accounts body does not take the field broker any more", {
            let place = properties("NewAccount");
            Box::new(move |new| {
                remove(new, &place, "broker");
                new["components"]["schemas"]["NewAccount"]["required"] =
                    json!(["name", "currency", "time_zone"]);
            })
        }),
        (
            "POST /v1/accounts body.name does not take every word any more",
            Box::new(|new| {
                new["components"]["schemas"]["NewAccount"]["properties"]["name"]["enum"] = json!(["Main"]);
            }),
        ),
        (
            r#"GET /v1/trades wants "query" "account""#,
            Box::new(|new| {
                let parameters = &mut new["paths"]["/v1/trades"]["get"]["parameters"];
                parameters
                    .as_array_mut()
                    .unwrap()
                    .push(json!({"in": "query", "name": "account", "required": true}));
            }),
        ),
        (
            r#"GET /v1/trades "query" "limit" is gone"#,
            Box::new(|new| {
                let parameters = &mut new["paths"]["/v1/trades"]["get"]["parameters"];
                parameters.as_array_mut().unwrap().retain(|parameter| parameter["name"] != "limit");
            }),
        ),
        (
            "POST /v1/accounts does not answer 201 any more",
            Box::new(|new| {
                remove(new, "/paths/~1v1~1accounts/post/responses", "201");
            }),
        ),
    ];
    for (expected, change) in cases {
        let changes = after(change);
        assert!(changes.iter().any(|told| told == expected), "{expected}: {changes:#?}");
    }
}
