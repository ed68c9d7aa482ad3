//! The request that a stranger makes of an operation, with these ids or those.

use super::{Operation, owner::Ids};
use crate::user::{PASSWORD, User};
use reqwest::{Method, Response, header, multipart};
use serde_json::{Value, json};

/// A request.
#[derive(Debug, PartialEq)]
pub struct Call {
    method: Method,
    path: String,
    body: Body,
    signed_in: bool,
}

#[derive(Debug, PartialEq)]
enum Body {
    None,
    Json(Value),
    Csv(&'static str),
    /// Text fields, and a file behind them.
    Form(Vec<(&'static str, String)>),
}

/// What the operation is asked. Panics for what it has not been taught: teach it here, and `owner.rs` to make one.
pub fn call(operation: &Operation, ids: &Ids) -> Call {
    let mut path = operation.path.clone();
    if path.contains('{') {
        path = path.replace("{provider}", "google").replace("{date}", "2026-01-05");
        path = path.replace("{attachment_id}", &ids.attachment);
        if path.contains("{id}") {
            path = path.replace("{id}", id_in(&operation.path, ids));
        }
        assert!(!path.contains('{'), "{} has another parameter than an id: teach the replay", operation.path);
    }
    let mut query: Vec<String> = operation
        .id_parameters
        .iter()
        .map(|name| {
            let id = match name.trim_start_matches("a_").trim_start_matches("b_") {
                "account_id" => &ids.account,
                "import_id" => &ids.import,
                "trade_id" => &ids.trade,
                "mapping_id" => &ids.mapping,
                "playbook_id" => &ids.playbook,
                other => panic!("{} has a parameter {other}: teach the replay", operation.path),
            };
            format!("{name}={id}")
        })
        .collect();
    query.extend(required(operation).map(str::to_owned));
    if !query.is_empty() {
        path = format!("{path}?{}", query.join("&"));
    }
    let body = if operation.takes_body { body(operation, ids) } else { Body::None };
    Call { method: operation.method.clone(), path, body, signed_in: operation.needs_sign_in }
}

/// The id that a path wants.
fn id_in<'a>(path: &str, ids: &'a Ids) -> &'a str {
    let (before, _) = path.split_once("{id}").unwrap();
    match before {
        "/v1/accounts/" => &ids.account,
        "/v1/admin/users/" => &ids.user,
        "/v1/auth/api-keys/" => &ids.api_key,
        // Nobody has one here; whose it is, is tested beside auth.
        "/v1/auth/identities/" | "/v1/auth/passkeys/" => &ids.passkey,
        "/v1/auth/sessions/" => &ids.session,
        "/v1/me/exports/" => &ids.export,
        "/v1/journal-templates/" => &ids.template,
        "/v1/mentors/" | "/v1/mentored/" => &ids.mentor,
        "/v1/custom-fields/" => &ids.custom_field,
        "/v1/fills/" => &ids.fill,
        "/v1/imports/" => &ids.import,
        "/v1/imports/mappings/" => &ids.mapping,
        "/v1/notifications/" => &ids.notification,
        "/v1/playbooks/" => &ids.playbook,
        "/v1/regroupings/" => &ids.regrouping,
        "/v1/saved-views/" => &ids.saved_view,
        "/v1/strategies/" => &ids.strategy,
        "/v1/tags/" => &ids.tag,
        "/v1/trades/" => &ids.trade,
        other => panic!("{other} wants an id: teach the replay which"),
    }
}

/// What a path cannot do without: with it, ids are looked at.
fn required(operation: &Operation) -> Option<&'static str> {
    match (operation.method.as_str(), operation.path.as_str()) {
        ("GET", "/v1/analytics/breakdown") => Some("by=symbol"),
        ("GET", "/v1/accounts/{id}/tax") => Some("view=us-wash-sales&year=2026"),
        ("PUT" | "DELETE", "/v1/bars") | ("GET", "/v1/bars/prices") => Some("symbol=MSFT"),
        ("DELETE", "/v1/rates") => Some("from=EUR&to=USD"),
        _ => None,
    }
}

fn body(operation: &Operation, ids: &Ids) -> Body {
    let form = || Body::Form(vec![("account_id", ids.account.clone()), ("mapping_id", ids.mapping.clone())]);
    let json = match (operation.method.as_str(), operation.path.as_str()) {
        ("POST", "/v1/imports" | "/v1/imports/preview") => return form(),
        ("POST", "/v1/trades/{id}/attachments") => return Body::Form(Vec::new()),
        ("PUT", "/v1/bars") => return Body::Csv("Date,Open,High,Low,Close\n2026-01-07 09:29:00,1,1,1,1\n"),
        ("POST", "/v1/auth/register") => {
            json!({"email": "replay@journal.example", "password": PASSWORD})
        }
        ("POST", "/v1/auth/login") => json!({"email": "replay@journal.example", "password": "wrong"}),
        ("POST", "/v1/auth/refresh" | "/v1/auth/logout") => json!({"refresh_token": "none"}),
        ("POST", "/v1/auth/email/verify" | "/v1/me/deletion/undo" | "/v1/mentored") => {
            json!({"token": "none"})
        }
        ("POST", "/v1/auth/email/resend" | "/v1/auth/password/forgot") => {
            json!({"email": "replay@journal.example"})
        }
        ("POST", "/v1/auth/password/reset") => json!({"token": "none", "password": PASSWORD}),
        ("POST", "/v1/auth/password/change") => {
            json!({"current_password": "wrong", "new_password": PASSWORD})
        }
        ("POST", "/v1/auth/passkeys/register/finish" | "/v1/auth/passkeys/login/finish") => {
            json!({"ceremony": "none", "credential": {}})
        }
        ("POST", "/v1/auth/mfa/totp/confirm") => json!({"code": "123456"}),
        (
            "POST",
            "/v1/auth/passkeys/register/start"
            | "/v1/auth/mfa/totp/enroll"
            | "/v1/auth/mfa/totp/disable"
            | "/v1/auth/mfa/recovery-codes",
        ) => {
            json!({"password": "wrong"})
        }
        ("PATCH", "/v1/me") => {
            json!({"display_name": "Mine now", "email": "mine@journal.example", "password": "wrong"})
        }
        ("DELETE", "/v1/me") => json!({"password": "wrong"}),
        ("PUT", "/v1/admin/users/{id}/role") => json!({"role": "admin"}),
        ("POST", "/v1/mentors") => json!({"email": "another@journal.example"}),
        ("POST", "/v1/auth/api-keys") => json!({"name": "Mine", "scope": "write"}),
        ("POST", "/v1/accounts") => {
            json!({"name": "Mine", "broker": "b", "currency": "USD", "time_zone": "UTC"})
        }
        ("POST", "/v1/accounts/{id}/cash") => json!({"kind": "withdrawal", "amount": "-1000"}),
        ("POST", "/v1/fills") => {
            json!({"account_id": ids.account, "symbol": "AAPL", "side": "buy", "quantity": "1", "price": "1",
                "executed_at": "2026-01-05T00:00:00Z"})
        }
        ("POST", "/v1/fills/{id}/corrections") => json!({"price": "1", "reason": "mine now"}),
        ("POST", "/v1/fills/{id}/void") => json!({"reason": "mine now"}),
        ("POST", "/v1/journal-templates") => json!({"name": "Mine", "body": ""}),
        ("PUT", "/v1/journal/{date}") => json!({"notes": "mine"}),
        ("POST", "/v1/imports/mappings" | "/v1/tags" | "/v1/playbooks") => json!({"name": "Mine"}),
        ("POST", "/v1/saved-views") => json!({"name": "Mine", "page": "trades", "query": ""}),
        ("POST", "/v1/custom-fields") => json!({"name": "Mine", "kind": "text"}),
        (
            "PATCH",
            "/v1/accounts/{id}"
            | "/v1/journal-templates/{id}"
            | "/v1/tags/{id}"
            | "/v1/playbooks/{id}"
            | "/v1/custom-fields/{id}"
            | "/v1/saved-views/{id}",
        )
        | ("PUT", "/v1/imports/mappings/{id}") => json!({"name": "Mine now"}),
        ("PUT", "/v1/notifications/preferences") => {
            json!({"email_import_finished": false, "email_digest": true})
        }
        ("PUT", "/v1/rates") => json!({"rates": [{"from": "EUR", "to": "USD",
            "valid_from": "2026-01-05T00:00:00Z", "rate": "9"}]}),
        ("POST", "/v1/strategies" | "/v1/trades/merge") => json!({"trade_ids": [ids.trade, ids.other_trade]}),
        ("POST", "/v1/trades/bulk") => {
            json!({"trade_ids": [ids.trade], "add_tags": ["mine"], "playbook_id": ids.playbook})
        }
        ("PATCH", "/v1/trades/{id}") => {
            json!({"notes": "mine now", "playbook_id": ids.playbook, "custom": {&ids.custom_field: "mine"}})
        }
        ("POST", "/v1/trades/{id}/split") => json!({"each": "exit"}),
        (method, path) => panic!("{method} {path} takes a body: teach the replay which"),
    };
    Body::Json(json)
}

impl Call {
    /// Sends it in the name of `stranger`, if it needs one.
    pub async fn send(self, stranger: &User) -> Response {
        let request = stranger.client.request(self.method, format!("{}{}", stranger.gateway, self.path));
        let token = self.signed_in.then_some(&stranger.access_token);
        let request = token.into_iter().fold(request, reqwest::RequestBuilder::bearer_auth);
        let request = match self.body {
            Body::None => request,
            Body::Json(json) => request.json(&json),
            Body::Csv(text) => request.header(header::CONTENT_TYPE, "text/csv").body(text),
            Body::Form(fields) => {
                let form = fields
                    .into_iter()
                    .fold(multipart::Form::new(), |form, (name, text)| form.text(name, text));
                let file = multipart::Part::text("timestamp,symbol,side,quantity,price\n").file_name("a.csv");
                request.multipart(form.part("file", file))
            }
        };
        request.send().await.unwrap()
    }
}
