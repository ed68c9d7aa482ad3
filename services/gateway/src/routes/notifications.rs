//! `/v1/notifications`: the inbox.

use crate::{
    app::App,
    conditional::{Seen, Versioned},
    cursors,
    extract::{Id, Json, Params},
    problem::Problem,
    signed_in::SignedIn,
    wire::{self, notifications as dto},
};
use axum::extract::State;
use http::StatusCode;
use journal_proto::notifications::v1 as proto;

/// Notifications, newest first.
#[utoipa::path(get, path = "/v1/notifications", tag = "notifications", params(dto::InboxFilter),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Inbox), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Params(filter): Params<dto::InboxFilter>,
) -> Result<axum::Json<dto::Inbox>, Problem> {
    let message = proto::ListNotificationsRequest {
        limit: wire::valid_limit(filter.limit)?,
        cursor: filter.cursor.unwrap_or_default(),
        unread_only: filter.unread,
    };
    let request = app.request(message, &caller);
    let page = app.notifications.clone().list_notifications(request).await?.into_inner();
    let items = page.notifications.into_iter().map(dto::Notification::from).collect();
    Ok(axum::Json(dto::Inbox { items, next_cursor: cursors::next(&page.next_cursor), unread: page.unread }))
}

/// Marks one as read. Again is fine.
#[utoipa::path(post, path = "/v1/notifications/{id}/read", tag = "notifications", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn mark_read(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<StatusCode, Problem> {
    let request = app.request(proto::MarkReadRequest { notification_id: id.text() }, &caller);
    app.notifications.clone().mark_read(request).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Marks all as read.
#[utoipa::path(post, path = "/v1/notifications/read-all", tag = "notifications",
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, body = dto::MarkedRead)))]
pub(crate) async fn mark_all_read(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<axum::Json<dto::MarkedRead>, Problem> {
    let request = app.request(proto::MarkAllReadRequest {}, &caller);
    let marked = app.notifications.clone().mark_all_read(request).await?.into_inner().marked;
    Ok(axum::Json(dto::MarkedRead { marked }))
}

/// What is sent where.
#[utoipa::path(get, path = "/v1/notifications/preferences", tag = "notifications",
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, body = dto::Preferences)))]
pub(crate) async fn preferences(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<Versioned<dto::Preferences>, Problem> {
    let request = app.request(proto::GetPreferencesRequest {}, &caller);
    let preferences = app.notifications.clone().get_preferences(request).await?.into_inner();
    Ok(Versioned(preferences.into()))
}

/// Replaces the preferences. One that is not named stays as it is, if it came later than the others.
#[utoipa::path(put, path = "/v1/notifications/preferences", tag = "notifications", request_body = dto::WantedPreferences,
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Preferences), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn put_preferences(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    seen: Seen,
    Json(body): Json<dto::WantedPreferences>,
) -> Result<Versioned<dto::Preferences>, Problem> {
    let request = seen.on(app.request(proto::Preferences::from(body), &caller));
    let preferences = app.notifications.clone().put_preferences(request).await?.into_inner();
    Ok(Versioned(preferences.into()))
}
