//! `/v1/admin`: what admins see and do of accounts, and nothing to everybody else. Nothing here tells what is in anybody's journal.

use crate::{
    app::App,
    extract::{Id, Json, Params},
    problem::Problem,
    signed_in::SignedIn,
    wire::{self, Page, admin as dto},
};
use axum::extract::State;
use journal_proto::auth::v1 as proto;

/// Users, newest first.
#[utoipa::path(get, path = "/v1/admin/users", tag = "admin", params(dto::UserQuery), security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::UserState>),
        (status = 404, description = "you are not signed in as an admin", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Params(query): Params<dto::UserQuery>,
) -> Result<axum::Json<Page<dto::UserState>>, Problem> {
    let message = proto::ListUsersRequest {
        email: query.email.unwrap_or_default(),
        limit: wire::valid_limit(query.limit)?,
        cursor: query.cursor.unwrap_or_default(),
    };
    let answer = app.admin.clone().list_users(app.request(message, &caller)).await?.into_inner();
    Ok(axum::Json(Page::new(answer.users, &answer.next_cursor)))
}

/// A user.
#[utoipa::path(get, path = "/v1/admin/users/{id}", tag = "admin", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::UserState),
        (status = 404, description = "there is no such user, or you are not signed in as an admin", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<axum::Json<dto::UserState>, Problem> {
    let request = app.request(proto::GetUserRequest { user_id: id.text() }, &caller);
    Ok(axum::Json(app.admin.clone().get_user(request).await?.into_inner().into()))
}

/// Ends all sessions, API keys and mentors of a user within a second, and lets nobody sign in as the user. Again, it changes nothing.
#[utoipa::path(post, path = "/v1/admin/users/{id}/disable", tag = "admin", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::UserState),
        (status = 404, description = "there is no such user, or you are not signed in as an admin", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`last-admin`: it is you, and there is no other", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn disable(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<axum::Json<dto::UserState>, Problem> {
    let request = app.request(proto::DisableUserRequest { user_id: id.text() }, &caller);
    Ok(axum::Json(app.admin.clone().disable_user(request).await?.into_inner().into()))
}

/// Lets a user sign in again. What had ended stays so. Again, it changes nothing.
#[utoipa::path(post, path = "/v1/admin/users/{id}/enable", tag = "admin", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::UserState),
        (status = 404, description = "there is no such user, or you are not signed in as an admin", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn enable(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<axum::Json<dto::UserState>, Problem> {
    let request = app.request(proto::EnableUserRequest { user_id: id.text() }, &caller);
    Ok(axum::Json(app.admin.clone().enable_user(request).await?.into_inner().into()))
}

/// Gives a user another role and ends the user's sessions within a second: the next sign-in has it. Again, it changes nothing.
#[utoipa::path(put, path = "/v1/admin/users/{id}/role", tag = "admin", params(("id" = String, Path)), request_body = dto::NewRole,
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::UserState),
        (status = 404, description = "there is no such user, or you are not signed in as an admin", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`last-admin`: it is you, and there is no other", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn set_role(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
    Json(body): Json<dto::NewRole>,
) -> Result<axum::Json<dto::UserState>, Problem> {
    let message = proto::SetRoleRequest { user_id: id.text(), role: body.role };
    Ok(axum::Json(app.admin.clone().set_role(app.request(message, &caller)).await?.into_inner().into()))
}
