//! Mails a token with which a new password can be set.

use crate::{
    app::App,
    domain::{email::EmailAddress, mail::Purpose},
    error::Error,
    mailing::mail_token_if_known,
};
use journal_proto::auth::v1::{ForgotPasswordRequest, ForgotPasswordResponse};

/// Answers the same whether the address is registered or not.
pub(crate) async fn forgot_password(
    app: &App,
    request: &ForgotPasswordRequest,
) -> Result<ForgotPasswordResponse, Error> {
    let email = EmailAddress::parse(&request.email)?;
    mail_token_if_known(app, &email, Purpose::ResetPassword, |_| true).await?;
    Ok(ForgotPasswordResponse {})
}
