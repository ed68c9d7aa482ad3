//! `/health` and `/ready` for load balancers.

use crate::app::App;
use axum::{Json, extract::State};
use http::StatusCode;
use serde_json::Value;

/// Alive: status, version, uptime.
#[utoipa::path(get, path = "/health", tag = "operations", responses((status = 200, body = Value)))]
pub(crate) async fn health(State(app): State<App>) -> Json<Value> {
    Json(app.readiness.health())
}

/// Ready: every dependency by name; 503 when a required one is missing.
#[utoipa::path(get, path = "/ready", tag = "operations", responses((status = 200, body = Value), (status = 503)))]
pub(crate) async fn ready(State(app): State<App>) -> (StatusCode, Json<Value>) {
    let (status, body) = app.readiness.ready().await;
    (status, Json(body))
}
