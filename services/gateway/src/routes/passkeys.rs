//! `/v1/auth/passkeys/*`: WebAuthn.

use super::auth::signed_in;
use crate::{
    Peer,
    app::App,
    cookies::{Cookie, DeviceToken},
    extract::{Id, Json, OptionalJson},
    once::{IdempotencyKey, JsonOnce, told},
    problem::Problem,
    signed_in::SignedIn,
    wire::{self, mfa::Reauthentication, passkeys as dto},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header};
use journal_proto::auth::v1 as proto;

/// Begins to make a passkey: what a browser's `navigator.credentials.create` takes.
#[utoipa::path(post, path = "/v1/auth/passkeys/register/start", tag = "sign-in", request_body(content = Option<Reauthentication>),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Ceremony),
        (status = 403, description = "`reauthentication-required`, or `origin-not-allowed`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`too-many-passkeys`: there are twenty", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too-many-attempts`, or `rate-limited`", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn start_registration(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    OptionalJson(body): OptionalJson<Reauthentication>,
) -> Result<axum::Json<dto::Ceremony>, Problem> {
    let password = body.password.unwrap_or_default();
    let request = app.request(proto::StartRegistrationRequest { password }, &caller);
    let begun = app.passkeys.clone().start_registration(request).await?.into_inner();
    Ok(axum::Json(begun.try_into()?))
}

/// Keeps the passkey that the browser made. Whatever comes of it, the ceremony is over.
#[utoipa::path(post, path = "/v1/auth/passkeys/register/finish", tag = "sign-in", request_body = dto::FinishRegistration,
    params(IdempotencyKey), security(("bearer" = []), ("cookie" = [])),
    responses((status = 201, body = dto::Passkey, headers(("Location" = String))),
        (status = 409, description = "`too-many-passkeys`, or `request-in-flight`", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn finish_registration(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    JsonOnce(body, key): JsonOnce<dto::FinishRegistration>,
) -> Result<impl IntoResponse, Problem> {
    let request = key.on(app.request(proto::FinishRegistrationRequest::from(body), &caller));
    let (passkey, replayed) = told(app.passkeys.clone().finish_registration(request).await?);
    let location = format!("/v1/auth/passkeys/{}", passkey.id);
    let body = axum::Json(dto::Passkey::from(passkey));
    Ok((StatusCode::CREATED, replayed, [(header::LOCATION, location)], body))
}

/// Begins to sign in with a passkey: what a browser's `navigator.credentials.get` takes. Nobody is named.
#[utoipa::path(post, path = "/v1/auth/passkeys/login/start", tag = "sign-in",
    responses((status = 200, body = dto::Ceremony)))]
pub(crate) async fn start_login(State(app): State<App>) -> Result<axum::Json<dto::Ceremony>, Problem> {
    let request = app.anonymous(proto::StartLoginRequest {});
    let begun = app.passkeys.clone().start_login(request).await?.into_inner();
    Ok(axum::Json(begun.try_into()?))
}

/// Opens a session for whoever's passkey signed. No password and no code is asked for.
#[utoipa::path(post, path = "/v1/auth/passkeys/login/finish", tag = "sign-in", request_body = dto::FinishLogin,
    responses((status = 200, body = wire::auth::SignedIn),
        (status = 401, description = "`invalid-passkey`: not known, or not the answer to what was asked within five minutes", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`email-not-verified`, where a verified address is asked for; `account-disabled`", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn finish_login(
    State(app): State<App>,
    peer: Peer,
    headers: HeaderMap,
    Json(body): Json<dto::FinishLogin>,
) -> Result<Response, Problem> {
    let delivery = body.delivery;
    let known = body.device_token.or_else(|| Cookie::Device.read(&headers, &app.browsers).map(str::to_owned));
    let message = proto::FinishLoginRequest {
        ceremony: body.ceremony,
        credential_json: serde_json::Value::Object(body.credential).to_string(),
        device_name: super::auth::device_named(body.device_name, &headers),
        ip_address: app.proxies.client(peer.0.ip(), &headers).to_string(),
        device_token: known.unwrap_or_default(),
    };
    let request = app.anonymous(message);
    let answer = app.passkeys.clone().finish_login(request).await?.into_inner();
    let device = DeviceToken { token: answer.device_token, seconds: answer.device_expires_in };
    signed_in(&app, answer.tokens, answer.user, delivery, Some(device))
}

/// Your passkeys, oldest first.
#[utoipa::path(get, path = "/v1/auth/passkeys", tag = "sign-in", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = wire::Page<dto::Passkey>)))]
pub(crate) async fn list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<axum::Json<wire::Page<dto::Passkey>>, Problem> {
    let request = app.request(proto::ListPasskeysRequest {}, &caller);
    let passkeys = app.passkeys.clone().list_passkeys(request).await?.into_inner().passkeys;
    Ok(axum::Json(wire::Page::new(passkeys, "")))
}

/// Forgets one of your passkeys and ends your other sessions. You must have signed in within the last ten minutes.
#[utoipa::path(delete, path = "/v1/auth/passkeys/{id}", tag = "sign-in", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 204),
        (status = 403, description = "`reauthentication-required`, or `origin-not-allowed`", body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn delete(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<StatusCode, Problem> {
    let request = app.request(proto::DeletePasskeyRequest { passkey_id: id.text() }, &caller);
    app.passkeys.clone().delete_passkey(request).await?;
    Ok(StatusCode::NO_CONTENT)
}
