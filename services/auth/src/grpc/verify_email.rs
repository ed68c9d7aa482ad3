//! Shows that an address is its user's.

use crate::{
    app::App,
    audit::{self, Kind, Origin},
    db::{mailed_tokens, users},
    domain::{mail::Purpose, token::Token},
    error::Error,
};
use journal_proto::auth::v1::{VerifyEmailRequest, VerifyEmailResponse};

/// The token says whose address it is: no sign-in is needed, as a mail may be read on another device.
pub(crate) async fn verify_email(
    app: &App,
    request: &VerifyEmailRequest,
) -> Result<VerifyEmailResponse, Error> {
    let token = Token::parse(&request.token).ok_or(Error::InvalidMailedToken)?;
    let mut tx = app.pool.begin().await?;
    let owner = mailed_tokens::consume(&mut *tx, Purpose::VerifyEmail, &token).await?;
    let owner = owner.ok_or(Error::InvalidMailedToken)?;
    users::mark_verified(&mut *tx, owner).await?;
    audit::record(&mut tx, owner, Kind::EmailVerified, "", Origin::Unknown).await?;
    tx.commit().await?;
    Ok(VerifyEmailResponse {})
}
