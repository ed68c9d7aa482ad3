//! A canary in every text of every request that the OpenAPI document knows: bodies, parameters, paths.

use super::{Canaries, refused};
use crate::user::User;
use reqwest::{Method, RequestBuilder, multipart};
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// Have no end, or would end the session that all this is sent with.
const LEFT_OUT: [(&str, &str); 6] = [
    ("GET", "/v1/stream"),
    ("GET", "/v1/stream/sse"),
    ("POST", "/v1/auth/logout"),
    ("POST", "/v1/auth/logout-all"),
    ("DELETE", "/v1/auth/sessions"),
    ("DELETE", "/v1/me"),
];

/// What a request says where a schema wants a form: a canary all the same, or something that gets past the door.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Forms {
    Broken,
    Kept,
}

/// Sends each operation with canaries in its body, and once more for each of its parameters.
pub async fn ask_everything(user: &User, canaries: &mut Canaries, refusals: &mut Vec<String>) {
    let document: Value = serde_json::from_str(&gateway::openapi_json()).unwrap();
    for (template, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let method = method.to_uppercase();
            if LEFT_OUT.contains(&(method.as_str(), template)) {
                continue;
            }
            let place = format!("{method} {template}");
            let method: Method = method.parse().unwrap();
            for query in queries(operation, &place, canaries) {
                let url = format!("{}{}{query}", user.gateway, path(template, &place, canaries));
                let request = || user.client.request(method.clone(), &url).bearer_auth(&user.access_token);
                for request in bodies(&document, operation, &place, canaries, request) {
                    refused(refusals, request).await;
                }
            }
        }
    }
    user.get("/v1/me").await;
}

fn path(template: &str, place: &str, canaries: &mut Canaries) -> String {
    let parts = template.split('/').map(|part| match part.strip_prefix('{') {
        Some(name) => canaries.plant(&format!("{place}: path of {}", name.trim_end_matches('}'))),
        None => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

/// No query, and one with all parameters.
fn queries(operation: &Value, place: &str, canaries: &mut Canaries) -> Vec<String> {
    let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    let names = parameters.iter().filter(|one| one["in"] == "query").filter_map(|one| one["name"].as_str());
    let mut queries = vec![String::new()];
    queries.extend(names.map(|name| format!("?{name}={}", canaries.plant(&format!("{place}: ?{name}")))));
    queries
}

fn bodies(
    document: &Value,
    operation: &Value,
    place: &str,
    canaries: &mut Canaries,
    request: impl Fn() -> RequestBuilder,
) -> Vec<RequestBuilder> {
    let Some(content) = operation["requestBody"]["content"].as_object() else { return vec![request()] };
    let mut requests = Vec::new();
    for (kind, body) in content {
        match kind.as_str() {
            "application/json" => requests.extend([Forms::Broken, Forms::Kept].map(|forms| {
                let mut filler = Filler { document, canaries, forms };
                request().json(&filler.fill(&body["schema"], place, 0))
            })),
            "multipart/form-data" => {
                let part = multipart::Part::bytes(canaries.plant(&format!("{place}: file")).into_bytes());
                let part = part.file_name(canaries.plant(&format!("{place}: file name")) + ".csv");
                let account = canaries.plant(&format!("{place}: account"));
                requests.push(
                    request()
                        .multipart(multipart::Form::new().text("account_id", account).part("file", part)),
                );
            }
            _ => requests
                .push(request().header("content-type", kind).body(canaries.plant(&format!("{place}: body")))),
        }
    }
    requests
}

/// Makes up what a schema wants.
struct Filler<'a> {
    document: &'a Value,
    canaries: &'a mut Canaries,
    forms: Forms,
}

impl Filler<'_> {
    fn fill(&mut self, schema: &Value, place: &str, depth: usize) -> Value {
        if let Some(reference) = schema["$ref"].as_str() {
            let schema = self.document.pointer(reference.trim_start_matches('#')).unwrap().clone();
            return self.fill(&schema, place, depth);
        }
        for choice in ["oneOf", "anyOf", "allOf"] {
            let mut schemas = schema[choice].as_array().into_iter().flatten();
            if let Some(schema) = schemas.find(|schema| schema["type"] != "null").cloned() {
                return self.fill(&schema, place, depth);
            }
        }
        let kind = schema["type"].as_array().and_then(|kinds| kinds.first()).unwrap_or(&schema["type"]);
        match kind.as_str() {
            Some("object") if depth < 5 => {
                let mut members = Map::new();
                for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
                    members.insert(name.clone(), self.fill(schema, &format!("{place}: {name}"), depth + 1));
                }
                Value::Object(members)
            }
            Some("array") if depth < 5 => json!([self.fill(&schema["items"], place, depth + 1)]),
            Some("integer" | "number") => json!(1),
            Some("boolean") => json!(true),
            Some("string") => self.text(schema, place),
            Some(_) | None => Value::Null,
        }
    }

    fn text(&mut self, schema: &Value, place: &str) -> Value {
        if self.forms == Forms::Kept {
            if let Some(word) = schema["enum"].as_array().and_then(|words| words.first()) {
                return word.clone();
            }
            match schema["format"].as_str() {
                Some("uuid") => return json!(Uuid::now_v7()),
                Some("date") => return json!("2026-01-05"),
                Some("date-time") => return json!("2026-01-05T10:00:00Z"),
                Some(_) | None => {}
            }
        }
        json!(self.canaries.plant(place))
    }
}
