//! `/v1/auth/*`, `/v1/me` and the public keys.

use crate::{
    Peer,
    app::App,
    cookies::{self, Cookie, DeviceToken},
    device_name,
    extract::{Id, Json, OptionalJson},
    origin,
    problem::Problem,
    signed_in::SignedIn,
    wire::{self, auth as dto},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, Method, StatusCode, header};
use journal_proto::auth::v1 as proto;

/// Creates a user. The answer is the same whether the address was free or taken.
#[utoipa::path(post, path = "/v1/auth/register", tag = "sign-in", request_body = dto::Register,
    responses((status = 202, body = dto::Accepted), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn register(
    State(app): State<App>,
    Json(body): Json<dto::Register>,
) -> Result<(StatusCode, axum::Json<dto::Accepted>), Problem> {
    let message = proto::RegisterRequest {
        email: body.email,
        password: body.password,
        display_name: body.display_name.unwrap_or_default(),
    };
    let request = app.anonymous(message);
    app.auth.clone().register(request).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(dto::Accepted { status: "accepted" })))
}

/// Opens a session.
#[utoipa::path(post, path = "/v1/auth/login", tag = "sign-in", request_body = dto::Login,
    responses((status = 200, body = dto::SignedIn),
        (status = 401, description = "`invalid-credentials`: the address, the password or the code is wrong; or `totp-required`: the password is right, and a code is asked for", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`email-not-verified`, where a verified address is asked for; `account-disabled`", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too-many-attempts`: ten wrong passwords or five wrong codes within 15 minutes, for this account or from this address, whether there is such an account or not; or `rate-limited`",
            body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn login(
    State(app): State<App>,
    peer: Peer,
    headers: HeaderMap,
    Json(body): Json<dto::Login>,
) -> Result<Response, Problem> {
    let message = proto::LoginRequest {
        email: body.email,
        password: body.password,
        device_name: device_named(body.device_name, &headers),
        ip_address: app.proxies.client(peer.0.ip(), &headers).to_string(),
        device_token: body
            .device_token
            .or_else(|| Cookie::Device.read(&headers, &app.browsers).map(str::to_owned))
            .unwrap_or_default(),
        totp: body.totp.unwrap_or_default(),
    };
    let request = app.anonymous(message);
    let answer = app.auth.clone().login(request).await?.into_inner();
    let device = DeviceToken { token: answer.device_token, seconds: answer.device_expires_in };
    signed_in(&app, answer.tokens, answer.user, body.delivery, Some(device))
}

/// Exchanges a refresh token, by cookie or body, for new tokens. Each token works once. Within ten seconds the same device may ask again
/// and gets the same successor, while that was not used either; any other use of an old token ends the session.
#[utoipa::path(post, path = "/v1/auth/refresh", tag = "sign-in", request_body(content = Option<dto::Refresh>),
    responses((status = 200, body = dto::SignedIn),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`origin-not-allowed`", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn refresh(
    State(app): State<App>,
    headers: HeaderMap,
    OptionalJson(body): OptionalJson<dto::Refresh>,
) -> Result<Response, Problem> {
    let (refresh_token, delivery) = presented(&app, &headers, body)?;
    let message = proto::RefreshRequest {
        refresh_token,
        user_agent: user_agent(&headers).to_owned(),
        device_token: Cookie::Device.read(&headers, &app.browsers).unwrap_or_default().to_owned(),
    };
    let request = app.anonymous(message);
    let answer = app.auth.clone().refresh(request).await?.into_inner();
    signed_in(&app, answer.tokens, answer.user, delivery, None)
}

/// Ends the session of a refresh token, by cookie or body, and that of the access token beside it. Always 204.
#[utoipa::path(post, path = "/v1/auth/logout", tag = "sign-in", request_body(content = Option<dto::Refresh>),
    responses((status = 204),
        (status = 401, description = "there is no refresh token", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`origin-not-allowed`", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn logout(
    State(app): State<App>,
    headers: HeaderMap,
    OptionalJson(body): OptionalJson<dto::Refresh>,
) -> Result<Response, Problem> {
    let (refresh_token, delivery) = presented(&app, &headers, body)?;
    let access_token = access_token(&app, &headers, delivery).unwrap_or_default().to_owned();
    let request = app.anonymous(proto::LogoutRequest { refresh_token, access_token });
    let ended = app.auth.clone().logout(request).await?.into_inner().session_ids;
    // What has ended for all: this gateway refuses nothing that others take.
    for session in ended.iter().filter_map(|id| id.parse().ok()) {
        app.revocations.insert(session);
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    cookies::clear(response.headers_mut(), &app.browsers);
    Ok(response)
}

/// The caller's profile.
#[utoipa::path(get, path = "/v1/me", tag = "me", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::User), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn me(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<axum::Json<dto::User>, Problem> {
    let request = app.request(proto::GetMeRequest {}, &caller);
    Ok(axum::Json(app.auth.clone().get_me(request).await?.into_inner().into()))
}

/// The caller's live sessions, newest first.
#[utoipa::path(get, path = "/v1/auth/sessions", tag = "sign-in", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = wire::Page<dto::Session>)))]
pub(crate) async fn list_sessions(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<axum::Json<wire::Page<dto::Session>>, Problem> {
    let request = app.request(proto::ListSessionsRequest {}, &caller);
    let sessions = app.auth.clone().list_sessions(request).await?.into_inner().sessions;
    Ok(axum::Json(wire::Page::new(sessions, "")))
}

/// Ends one of the caller's sessions.
#[utoipa::path(delete, path = "/v1/auth/sessions/{id}", tag = "sign-in", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn revoke_session(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<StatusCode, Problem> {
    let request = app.request(proto::RevokeSessionRequest { session_id: id.text() }, &caller);
    app.auth.clone().revoke_session(request).await?;
    app.revocations.insert(identity::SessionId(id.0));
    Ok(StatusCode::NO_CONTENT)
}

/// How long a cache may answer with keys: a key that is revoked is gone from everywhere within a minute.
const KEYS_FRESH: &str = "public, max-age=30";

/// The public keys of access tokens (RFC 7517). A key is here ten minutes before it signs and 15 after it did: ask every few minutes, and
/// when you meet an unknown `kid`, but not more often than twice a minute.
#[utoipa::path(get, path = "/.well-known/jwks.json", tag = "operations",
    responses((status = 200, description = "A JSON Web Key Set")))]
pub(crate) async fn jwks(State(app): State<App>) -> Result<Response, Problem> {
    let request = app.anonymous(proto::GetJwksRequest {});
    let json = app.auth.clone().get_jwks(request).await?.into_inner().jwks_json;
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, KEYS_FRESH)];
    Ok((headers, json).into_response())
}

/// How the caller's program calls itself; empty when it does not.
fn user_agent(headers: &HeaderMap) -> &str {
    headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The refresh token of the body, else of the cookie (which only our own pages may use).
fn presented(app: &App, headers: &HeaderMap, body: dto::Refresh) -> Result<(String, dto::Delivery), Problem> {
    if let Some(token) = body.refresh_token {
        return Ok((token, dto::Delivery::Body));
    }
    let token = Cookie::Refresh
        .read(headers, &app.browsers)
        .ok_or_else(|| Problem::unauthenticated("a refresh token is required, by cookie or body"))?;
    origin::check(&Method::POST, headers, &app.browsers)?;
    Ok((token.to_owned(), dto::Delivery::Cookie))
}

/// The access token that came along: of a header, or of the cookie where the refresh token came by one, too, which only our own pages may
/// use.
fn access_token<'a>(app: &App, headers: &'a HeaderMap, delivery: dto::Delivery) -> Option<&'a str> {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let cookie = || Cookie::Access.read(headers, &app.browsers).filter(|_| delivery == dto::Delivery::Cookie);
    bearer.and_then(|value| value.strip_prefix("Bearer ")).or_else(cookie)
}

/// What the client calls its device, else what its browser lets us guess.
pub(super) fn device_named(told: Option<String>, headers: &HeaderMap) -> String {
    let told = told.filter(|name| !name.trim().is_empty());
    told.unwrap_or_else(|| device_name::of_program(user_agent(headers)))
}

/// The answer to whoever has signed in, with cookies or in the body.
pub(super) fn signed_in(
    app: &App,
    tokens: Option<proto::Tokens>,
    user: Option<proto::User>,
    delivery: dto::Delivery,
    device: Option<DeviceToken>,
) -> Result<Response, Problem> {
    let incomplete = || Problem::of_framework(StatusCode::INTERNAL_SERVER_ERROR);
    let (tokens, user) = (tokens.ok_or_else(incomplete)?, user.ok_or_else(incomplete)?);
    let in_body = delivery == dto::Delivery::Body;
    let body = dto::SignedIn {
        access_token: tokens.access_token.clone(),
        token_type: "Bearer",
        expires_in: tokens.expires_in,
        refresh_token: in_body.then(|| tokens.refresh_token.clone()),
        device_token: device.as_ref().filter(|_| in_body).map(|device| device.token.clone()),
        user: user.into(),
    };
    let mut response = axum::Json(body).into_response();
    if !in_body {
        cookies::set(response.headers_mut(), &tokens, &app.browsers);
        if let Some(device) = device {
            cookies::set_device(response.headers_mut(), &device, &app.browsers);
        }
    }
    Ok(response)
}
