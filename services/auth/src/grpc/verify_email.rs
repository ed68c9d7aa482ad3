//! Shows that an address is its user's: the one that is registered, or a new one.

use crate::{
    app::App,
    audit::{self, Kind, Origin},
    db::{mailed_tokens, profiles, users},
    domain::{
        email::EmailAddress,
        mail::{Notice, Purpose},
        token::Token,
    },
    error::Error,
    mailing::notify_at,
    profile,
};
use identity::UserId;
use journal_proto::auth::v1::{VerifyEmailRequest, VerifyEmailResponse};
use runtime::postgres;
use sqlx::PgConnection;

/// The token says whose address it is: no sign-in is needed, as a mail may be read on another device.
pub(crate) async fn verify_email(
    app: &App,
    request: &VerifyEmailRequest,
) -> Result<VerifyEmailResponse, Error> {
    let token = Token::parse(&request.token).ok_or(Error::InvalidMailedToken)?;
    let mut tx = postgres::begin(&app.pool).await?;
    if let Some(owner) = mailed_tokens::consume(&mut tx, Purpose::VerifyEmail, &token).await? {
        users::mark_verified(&mut *tx, owner).await?;
        audit::record(&mut tx, owner, Kind::EmailVerified, "", Origin::Unknown).await?;
    } else {
        let owner = mailed_tokens::consume(&mut tx, Purpose::ChangeEmail, &token).await?;
        move_to_new_address(&mut tx, owner.ok_or(Error::InvalidMailedToken)?).await?;
    }
    tx.commit().await?;
    Ok(VerifyEmailResponse {})
}

/// Tokens that went to the old address are void: whoever reads mail there has no part in the account any more, and is told so.
async fn move_to_new_address(tx: &mut PgConnection, owner: UserId) -> Result<(), Error> {
    let email = mailed_tokens::address(&mut *tx, owner, Purpose::ChangeEmail).await?;
    let email = EmailAddress::parse(&email.ok_or(Error::InvalidMailedToken)?)?;
    let old = users::find(&mut *tx, owner).await?.ok_or(Error::InvalidMailedToken)?.email;
    if !profiles::move_to(&mut *tx, owner, &email).await? {
        return Err(Error::InvalidMailedToken);
    }
    for purpose in [Purpose::VerifyEmail, Purpose::ResetPassword] {
        mailed_tokens::void(&mut *tx, owner, purpose).await?;
    }
    profile::tell(&mut *tx, owner).await?;
    notify_at(&mut *tx, owner, &old, Notice::EmailChanged, email.as_str()).await?;
    audit::record(tx, owner, Kind::EmailChanged, email.as_str(), Origin::Unknown).await?;
    Ok(())
}
