//! `/v1/auth/email/*` and `/v1/auth/password/*`: what goes by mail, and new passwords.

use crate::{
    app::App,
    cookies::{self, DeviceToken},
    extract::Json,
    problem::Problem,
    signed_in::SignedIn,
    wire::{auth::Accepted, credentials as dto},
};
use axum::{
    extract::State,
    response::{IntoResponse as _, Response},
};
use http::StatusCode;
use journal_proto::auth::v1 as proto;

type Answer = (StatusCode, axum::Json<Accepted>);

/// Shows that an address is yours, by the token of a mail: good for 24 hours, once.
#[utoipa::path(post, path = "/v1/auth/email/verify", tag = "sign-in", request_body = dto::VerifyEmail,
    responses((status = 204),
        (status = 422, description = "`invalid-token`: used before, replaced by a newer one, expired, or unknown", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn verify_email(
    State(app): State<App>,
    Json(body): Json<dto::VerifyEmail>,
) -> Result<StatusCode, Problem> {
    let request = app.anonymous(proto::VerifyEmailRequest { token: body.token });
    app.auth.clone().verify_email(request).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Mails another token that verifies an address. The answer is the same for every address.
#[utoipa::path(post, path = "/v1/auth/email/resend", tag = "sign-in", request_body = dto::Address,
    responses((status = 202, body = Accepted), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn resend_verification(
    State(app): State<App>,
    Json(body): Json<dto::Address>,
) -> Result<Answer, Problem> {
    let request = app.anonymous(proto::ResendVerificationRequest { email: body.email });
    app.auth.clone().resend_verification(request).await?;
    Ok(accepted())
}

/// Mails a token with which a new password can be set. The answer is the same for every address.
#[utoipa::path(post, path = "/v1/auth/password/forgot", tag = "sign-in", request_body = dto::Address,
    responses((status = 202, body = Accepted), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn forgot_password(
    State(app): State<App>,
    Json(body): Json<dto::Address>,
) -> Result<Answer, Problem> {
    let request = app.anonymous(proto::ForgotPasswordRequest { email: body.email });
    app.auth.clone().forgot_password(request).await?;
    Ok(accepted())
}

/// Sets a new password by the token of a mail (good for one hour, once), and ends all sessions. The `device` cookie of the answer lets
/// you sign in although strangers used up the attempts on your account.
#[utoipa::path(post, path = "/v1/auth/password/reset", tag = "sign-in", request_body = dto::ResetPassword,
    responses((status = 204),
        (status = 422, description = "`invalid-token`, or the password is refused: then the token is still good", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn reset_password(
    State(app): State<App>,
    Json(body): Json<dto::ResetPassword>,
) -> Result<Response, Problem> {
    let message = proto::ResetPasswordRequest { token: body.token, password: body.password };
    let request = app.anonymous(message);
    let answer = app.auth.clone().reset_password(request).await?.into_inner();
    let device = DeviceToken { token: answer.device_token, seconds: answer.device_expires_in };
    let mut response = StatusCode::NO_CONTENT.into_response();
    cookies::set_device(response.headers_mut(), &device, &app.browsers);
    Ok(response)
}

/// Sets a new password by the old one, and ends your other sessions.
#[utoipa::path(post, path = "/v1/auth/password/change", tag = "sign-in", request_body = dto::ChangePassword,
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 204),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too-many-attempts`, or `rate-limited`", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn change_password(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Json(body): Json<dto::ChangePassword>,
) -> Result<StatusCode, Problem> {
    let message = proto::ChangePasswordRequest {
        current_password: body.current_password,
        new_password: body.new_password,
    };
    let request = app.request(message, &caller);
    app.auth.clone().change_password(request).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn accepted() -> Answer {
    (StatusCode::ACCEPTED, axum::Json(Accepted { status: "accepted" }))
}
