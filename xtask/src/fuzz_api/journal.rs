//! A journal that the calls under test find something in.

use crate::{api::Api, interrupt::Interrupt, up::demo};
use anyhow::Context as _;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Ids by the path that lists what has them; those that may be deleted by `spare` and that path, as the rest is wanted to the end.
pub(super) type Ids = BTreeMap<String, Vec<String>>;

/// How many there are of each kind, and as many again that may be deleted.
const EACH: usize = 3;

/// Imports the demo files, and makes some of each kind that a trader may make.
pub(super) fn make(api: &mut Api, interrupt: &Interrupt) -> anyhow::Result<Ids> {
    let mut known = Ids::new();
    for delivery in demo::deliveries() {
        delivery.deliver(api, interrupt)?;
    }
    for path in ["/v1/trades", "/v1/fills", "/v1/notifications"] {
        known.insert(path.to_owned(), ids(api, path)?);
    }
    let mut imports = ids(api, "/v1/imports")?;
    known.insert("spare/v1/imports".to_owned(), imports.split_off(1));
    known.insert("/v1/imports".to_owned(), imports);
    for (path, body) in [
        ("/v1/accounts", json!({"broker": "Generic", "currency": "USD", "time_zone": "UTC"})),
        ("/v1/custom-fields", json!({"kind": "choice", "choices": ["calm", "angry"]})),
        ("/v1/imports/mappings", json!({})),
        ("/v1/journal-templates", json!({"body": "What is the plan?"})),
        ("/v1/playbooks", json!({})),
        ("/v1/saved-views", json!({"page": "trades", "query": "outcome=loss"})),
        ("/v1/tags", json!({})),
    ] {
        let mut made =
            (0..EACH * 2).map(|number| make_one(api, path, &body, number)).collect::<Result<Vec<_>, _>>()?;
        known.insert(format!("spare{path}"), made.split_off(EACH));
        known.insert(path.to_owned(), made);
    }
    for delivery in demo::deliveries() {
        known.entry("/v1/accounts".to_owned()).or_default().push(api.account(&delivery.account)?.id);
    }
    Ok(known)
}

fn make_one(api: &mut Api, path: &str, rest: &Value, number: usize) -> anyhow::Result<String> {
    let mut body = rest.as_object().cloned().unwrap_or_default();
    body.insert("name".to_owned(), json!(format!("Number {number}")));
    let made = api.create(path, &body.into())?;
    made.get("id")
        .and_then(Value::as_str)
        .map(str::to_owned)
        .with_context(|| format!("POST {path} told no id"))
}

fn ids(api: &mut Api, path: &str) -> anyhow::Result<Vec<String>> {
    let items = api.list(path)?;
    let id = |item: &Value| item.get("id").and_then(Value::as_str).map(str::to_owned);
    items.iter().map(|item| id(item).with_context(|| format!("GET {path}: an item has no id"))).collect()
}
