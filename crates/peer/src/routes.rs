//! What is asked.

use crate::{
    session::Keys,
    trade::{self, NewTrade, Page, Trade},
};
use axum::{
    Json, Router,
    extract::{FromRequestParts, Path, Query, State},
    http::{StatusCode, request::Parts},
    routing::get,
};
use serde::Deserialize;
use sqlx::PgPool;
use std::sync::Arc;
use uuid::Uuid;

#[derive(Clone)]
struct App {
    pool: PgPool,
    keys: Arc<Keys>,
}

/// The user of a good cookie.
struct User(Uuid);

impl FromRequestParts<App> for User {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, StatusCode> {
        app.keys.user(&parts.headers).map(Self).ok_or(StatusCode::UNAUTHORIZED)
    }
}

#[derive(Deserialize)]
struct Asked {
    limit: i64,
}

pub(crate) fn all(pool: PgPool, keys: Keys) -> Router {
    Router::new()
        .route("/v1/trades", get(list).post(create))
        .route("/v1/trades/{id}", get(one))
        .route("/ready", get(StatusCode::OK))
        .with_state(App { pool, keys: Arc::new(keys) })
}

async fn list(
    State(app): State<App>,
    User(user): User,
    Query(asked): Query<Asked>,
) -> Result<Json<Page>, StatusCode> {
    trade::list(&app.pool, user, asked.limit).await.map(Json).map_err(failure)
}

async fn one(
    State(app): State<App>,
    User(user): User,
    Path(id): Path<Uuid>,
) -> Result<Json<Trade>, StatusCode> {
    let found = trade::find(&app.pool, user, id).await.map_err(failure)?;
    found.map(Json).ok_or(StatusCode::NOT_FOUND)
}

async fn create(
    State(app): State<App>,
    User(user): User,
    Json(new): Json<NewTrade>,
) -> Result<(StatusCode, Json<Trade>), StatusCode> {
    let created = trade::insert(&app.pool, user, &new).await.map_err(failure)?;
    Ok((StatusCode::CREATED, Json(created)))
}

#[expect(
    clippy::print_stderr,
    clippy::needless_pass_by_value,
    reason = "the one log line that this program has"
)]
fn failure(error: sqlx::Error) -> StatusCode {
    eprintln!("{error}");
    StatusCode::INTERNAL_SERVER_ERROR
}
