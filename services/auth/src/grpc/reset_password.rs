//! Sets a new password with a mailed token.

use crate::{
    app::App,
    audit::{self, Kind, Origin},
    db::{mailed_tokens, trusted_devices, users},
    domain::{
        mail::Purpose,
        password::{Context, Password},
        token::Token,
    },
    error::Error,
    new_password,
};
use journal_proto::auth::v1::{ResetPasswordRequest, ResetPasswordResponse};
use runtime::postgres;

/// The token is used up by the password that is set, not by one that is refused; and nothing is hashed without a good one. The
/// device is trusted from then on: strangers who use up the attempts on an account keep nobody from this way in.
pub(crate) async fn reset_password(
    app: &App,
    request: ResetPasswordRequest,
) -> Result<ResetPasswordResponse, Error> {
    let token = Token::parse(&request.token).ok_or(Error::InvalidMailedToken)?;
    let mut tx = postgres::begin(&app.pool).await?;
    let owner = mailed_tokens::owner(&mut tx, Purpose::ResetPassword, &token).await?;
    let user = users::find(&mut *tx, owner.ok_or(Error::InvalidMailedToken)?).await?;
    tx.commit().await?;
    let user = user.ok_or(Error::InvalidMailedToken)?;
    let context = Context::of(&user.email, &user.display_name);
    let password = Password::chosen("password", request.password, &context)?;
    let hash = app.hasher.admit()?.hash(password).await?;

    let mut tx = postgres::begin(&app.pool).await?;
    let owner = mailed_tokens::consume(&mut tx, Purpose::ResetPassword, &token).await?;
    let owner = owner.ok_or(Error::InvalidMailedToken)?;
    users::reset_password(&mut *tx, owner, &hash).await?;
    new_password::follow_up(&mut tx, owner, None).await?;
    audit::record(&mut tx, owner, Kind::PasswordReset, "", Origin::Unknown).await?;
    let device_token = Token::generate();
    let seconds = trusted_devices::trust(&mut tx, &device_token, owner).await?;
    tx.commit().await?;
    Ok(ResetPasswordResponse {
        device_token: device_token.to_base64url(),
        device_expires_in: u32::try_from(seconds).unwrap_or_default(),
    })
}
