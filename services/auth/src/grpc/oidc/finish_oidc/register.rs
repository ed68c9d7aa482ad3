//! A user who comes from a provider.

use crate::{
    app::App,
    db::{oidc_identities, users},
    domain::{display_name::DisplayName, email::EmailAddress, password::Password, token::Token},
    error::Error,
    hashing::StoredHash,
    oidc::{Claims, Provider},
    wire,
};
use events::outbox;
use identity::UserId;
use runtime::postgres;
use sqlx::PgConnection;

/// The hash of a password that nobody knows: its user signs in elsewhere, or resets it by mail.
pub(super) async fn no_password(app: &App) -> Result<StoredHash, Error> {
    let unknown = Password::presented("password", Token::generate().to_base64url())?;
    app.hasher.admit()?.hash(unknown).await
}

/// Only with an address that the provider vouches for and nobody has: whoever has it signs in and links.
pub(super) async fn register(
    tx: &mut PgConnection,
    provider: &Provider,
    claims: &Claims,
    password: &StoredHash,
) -> Result<UserId, Error> {
    let email = claims.verified_email.as_deref().and_then(|email| EmailAddress::parse(email).ok());
    let email = email.ok_or(Error::OidcEmailNotVerified)?;
    let name = DisplayName::parse(&claims.name).or_else(|_| DisplayName::parse(""))?;
    let user = users::insert(&mut *tx, &email, &name, password).await?.ok_or(Error::EmailTaken)?;
    let user_id = UserId(user.id);
    postgres::act_for(&mut *tx, user.id).await?;
    users::mark_verified(&mut *tx, user_id).await?;
    if !oidc_identities::insert(&mut *tx, user_id, provider.issuer(), &claims.subject).await? {
        return Err(Error::OidcFailed);
    }
    outbox::append(tx, &wire::user_registered(user)).await?;
    Ok(user_id)
}
