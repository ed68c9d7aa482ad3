//! `/v1/auth/oidc/*`: a browser goes to a provider and comes back. `/v1/auth/identities`: the accounts there that sign somebody in.

use super::auth::device_named;
use crate::{
    Peer,
    app::App,
    cookies::{self, Cookie, DeviceToken},
    extract::{Id, Params},
    problem::Problem,
    signed_in::SignedIn,
    wire::{Page, oidc as dto},
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use journal_proto::auth::v1 as proto;

/// The providers where people may sign in instead, by name. Needs no token.
#[utoipa::path(get, path = "/v1/auth/oidc", tag = "sign-in", responses((status = 200, body = Page<dto::Provider>)))]
pub(crate) async fn list_providers(
    State(app): State<App>,
) -> Result<axum::Json<Page<dto::Provider>>, Problem> {
    let request = app.anonymous(proto::ListProvidersRequest {});
    let names = app.oidc.clone().list_providers(request).await?.into_inner().names;
    Ok(axum::Json(Page::new(names, "")))
}

/// The accounts elsewhere that sign you in, oldest first.
#[utoipa::path(get, path = "/v1/auth/identities", tag = "sign-in", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::Identity>)))]
pub(crate) async fn list_identities(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<axum::Json<Page<dto::Identity>>, Problem> {
    let request = app.request(proto::ListIdentitiesRequest {}, &caller);
    let identities = app.oidc.clone().list_identities(request).await?.into_inner().identities;
    Ok(axum::Json(Page::new(identities, "")))
}

/// Lets one of these accounts sign you in no more, and ends your other sessions. You must have signed in within the last ten minutes.
#[utoipa::path(delete, path = "/v1/auth/identities/{id}", tag = "sign-in", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 204),
        (status = 403, description = "`reauthentication-required`, or `origin-not-allowed`", body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn unlink(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<StatusCode, Problem> {
    let request = app.request(proto::UnlinkIdentityRequest { identity_id: id.text() }, &caller);
    app.oidc.clone().unlink_identity(request).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends the browser to a provider, such as `google`, to sign in there. A cookie for ten minutes ties what comes back to this browser.
#[utoipa::path(get, path = "/v1/auth/oidc/{provider}/start", tag = "sign-in", params(("provider" = String, Path), dto::Start),
    responses((status = 303, description = "To the provider", headers(("Location" = String), ("Set-Cookie" = String))),
        (status = 401, description = "`unauthenticated`: only who is signed in links", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`reauthentication-required`: whoever links signed in within the last ten minutes", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not-found`: no such provider is set up", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn start(
    State(app): State<App>,
    Path(provider): Path<String>,
    Params(query): Params<dto::Start>,
    caller: Result<SignedIn, Problem>,
) -> Result<Response, Problem> {
    let message = proto::StartOidcRequest { provider, return_to: query.return_to.unwrap_or_default() };
    let begun = if query.link {
        let SignedIn(caller) = caller?;
        let request = app.request(message, &caller);
        app.oidc.clone().start_oidc_link(request).await?
    } else {
        let request = app.anonymous(message);
        app.oidc.clone().start_oidc(request).await?
    };
    let begun = begun.into_inner();
    let mut response = see_other(&begun.authorization_url)?;
    cookies::set_oidc(response.headers_mut(), &begun.browser_secret, begun.expires_in, &app.browsers);
    Ok(response)
}

/// Takes the browser back from a provider, opens a session by cookies (or links the account), and sends it to where it came from.
#[utoipa::path(get, path = "/v1/auth/oidc/{provider}/callback", tag = "sign-in", params(("provider" = String, Path), dto::Callback),
    responses((status = 303, description = "To `return_to`", headers(("Location" = String), ("Set-Cookie" = String))),
        (status = 401, description = "`oidc-failed`: refused by its user, not begun in this browser, used before, or not what the provider may say; or `session-ended`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`oidc-email-not-verified`, `email-not-verified`, or `account-disabled`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not-found`: no such provider is set up", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`email-taken`: sign in as always, and link; or `identity-taken`", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn callback(
    State(app): State<App>,
    peer: Peer,
    Path(provider): Path<String>,
    Params(query): Params<dto::Callback>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let cookie = |cookie: Cookie| cookie.read(&headers, &app.browsers).unwrap_or_default().to_owned();
    let message = proto::FinishOidcRequest {
        provider,
        state: query.state.unwrap_or_default(),
        code: query.code.unwrap_or_default(),
        browser_secret: cookie(Cookie::Oidc),
        issuer: query.iss.unwrap_or_default(),
        device_name: device_named(None, &headers),
        ip_address: app.proxies.client(peer.0.ip(), &headers).to_string(),
        device_token: cookie(Cookie::Device),
    };
    let request = app.anonymous(message);
    let answer = app.oidc.clone().finish_oidc(request).await?.into_inner();
    let mut response = see_other(&answer.return_to)?;
    cookies::set_oidc(response.headers_mut(), "", 0, &app.browsers);
    if let Some(login) = answer.login {
        let tokens = login.tokens.ok_or_else(|| Problem::of_framework(StatusCode::INTERNAL_SERVER_ERROR))?;
        let device = DeviceToken { token: login.device_token, seconds: login.device_expires_in };
        cookies::set(response.headers_mut(), &tokens, &app.browsers);
        cookies::set_device(response.headers_mut(), &device, &app.browsers);
    }
    Ok(response)
}

fn see_other(location: &str) -> Result<Response, Problem> {
    let location = HeaderValue::from_str(location)
        .map_err(|_| Problem::of_framework(StatusCode::INTERNAL_SERVER_ERROR))?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response())
}
