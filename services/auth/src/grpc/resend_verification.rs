//! Mails another token that shows whose an address is.

use crate::{
    app::App,
    domain::{email::EmailAddress, mail::Purpose},
    error::Error,
    mailing::mail_token_if_known,
};
use journal_proto::auth::v1::{ResendVerificationRequest, ResendVerificationResponse};

/// Answers the same whether the address is registered, verified or neither.
pub(crate) async fn resend_verification(
    app: &App,
    request: &ResendVerificationRequest,
) -> Result<ResendVerificationResponse, Error> {
    let email = EmailAddress::parse(&request.email)?;
    mail_token_if_known(app, &email, Purpose::VerifyEmail, |user| !user.email_verified).await?;
    Ok(ResendVerificationResponse {})
}
