//! `/v1/auth/mfa/*`: codes of an authenticator app, and recovery codes.
//!
//! No path here takes an `Idempotency-Key`: the answers hold secrets, which are kept nowhere, and asking again harms nothing.

use crate::{
    app::App,
    extract::{Json, OptionalJson},
    problem::Problem,
    signed_in::SignedIn,
    wire::mfa as dto,
};
use axum::extract::State;
use http::StatusCode;
use journal_proto::auth::v1 as proto;

/// What you show at sign-in besides the password.
#[utoipa::path(get, path = "/v1/auth/mfa", tag = "sign-in", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Mfa)))]
pub(crate) async fn get(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<axum::Json<dto::Mfa>, Problem> {
    let request = app.request(proto::GetFactorsRequest {}, &caller);
    Ok(axum::Json(app.factors.clone().get_factors(request).await?.into_inner().into()))
}

/// A new secret for an authenticator app (RFC 6238: SHA-1, six digits, 30 seconds). It counts once it is confirmed.
#[utoipa::path(post, path = "/v1/auth/mfa/totp/enroll", tag = "sign-in", request_body(content = Option<dto::Reauthentication>),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::TotpEnrolment),
        (status = 403, description = "`reauthentication-required`, or `origin-not-allowed`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`totp-already-enabled`", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too-many-attempts`, or `rate-limited`", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn enroll_totp(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    OptionalJson(body): OptionalJson<dto::Reauthentication>,
) -> Result<axum::Json<dto::TotpEnrolment>, Problem> {
    let password = body.password.unwrap_or_default();
    let request = app.request(proto::EnrollTotpRequest { password }, &caller);
    Ok(axum::Json(app.factors.clone().enroll_totp(request).await?.into_inner().into()))
}

/// Asks for a code at every login from now on, ends your other sessions, and answers ten recovery codes. The code that confirms is used up.
#[utoipa::path(post, path = "/v1/auth/mfa/totp/confirm", tag = "sign-in", request_body = dto::ConfirmTotp,
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::RecoveryCodes),
        (status = 409, description = "`totp-not-enrolled`, or `totp-already-enabled`", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too-many-attempts`: five wrong codes within 15 minutes, or `rate-limited`", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn confirm_totp(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Json(body): Json<dto::ConfirmTotp>,
) -> Result<axum::Json<dto::RecoveryCodes>, Problem> {
    let request = app.request(proto::ConfirmTotpRequest { code: body.code }, &caller);
    Ok(axum::Json(app.factors.clone().confirm_totp(request).await?.into_inner().into()))
}

/// Asks for no codes any more, voids the recovery codes, and ends your other sessions. Fine where none are asked for.
#[utoipa::path(post, path = "/v1/auth/mfa/totp/disable", tag = "sign-in", request_body(content = Option<dto::Reauthentication>),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 204),
        (status = 403, description = "`reauthentication-required`, or `origin-not-allowed`", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too-many-attempts`, or `rate-limited`", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn disable_totp(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    OptionalJson(body): OptionalJson<dto::Reauthentication>,
) -> Result<StatusCode, Problem> {
    let password = body.password.unwrap_or_default();
    let request = app.request(proto::DisableTotpRequest { password }, &caller);
    app.factors.clone().disable_totp(request).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ten new recovery codes, which void all others.
#[utoipa::path(post, path = "/v1/auth/mfa/recovery-codes", tag = "sign-in", request_body(content = Option<dto::Reauthentication>),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::RecoveryCodes),
        (status = 403, description = "`reauthentication-required`, or `origin-not-allowed`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`totp-not-enabled`", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too-many-attempts`, or `rate-limited`", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn renew_recovery_codes(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    OptionalJson(body): OptionalJson<dto::Reauthentication>,
) -> Result<axum::Json<dto::RecoveryCodes>, Problem> {
    let password = body.password.unwrap_or_default();
    let request = app.request(proto::RenewRecoveryCodesRequest { password }, &caller);
    Ok(axum::Json(app.factors.clone().renew_recovery_codes(request).await?.into_inner().into()))
}
