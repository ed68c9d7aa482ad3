//! The last step of every way to sign in.

use crate::{
    app::App,
    audit::{self, Kind, Origin},
    db::trusted_devices,
    domain::{device::Device, token::Token, user::User},
    error::Error,
    opening::open_session,
    wire,
};
use identity::UserId;
use journal_proto::auth::v1::LoginResponse;
use sqlx::PgConnection;

/// A session, its tokens, and the device's trust, in the transaction that found out whose it is; `by` says how, for the audit log: empty is by a password. `known`
/// is what the device was trusted by before.
pub(crate) async fn open(
    app: &App,
    tx: &mut PgConnection,
    user: User,
    device: &Device,
    known: Option<Token>,
    by: &str,
) -> Result<LoginResponse, Error> {
    let user_id = UserId(user.id);
    let device_token = known.unwrap_or_else(Token::generate);
    let tokens = open_session(app, &mut *tx, &user, device).await?;
    let seconds = trusted_devices::trust(&mut *tx, &device_token, user_id).await?;
    audit::record(tx, user_id, Kind::SignedIn, by, Origin::Device(device)).await?;
    Ok(LoginResponse {
        tokens: Some(tokens),
        user: Some(wire::user(user)),
        device_token: device_token.to_base64url(),
        device_expires_in: u32::try_from(seconds).unwrap_or_default(),
    })
}

/// What the device presents, if this user trusts it. `tx` acts for the user: no second connection is asked for while this one is held.
pub(crate) async fn known_device(
    tx: &mut PgConnection,
    user: &User,
    presented: &str,
) -> sqlx::Result<Option<Token>> {
    let Some(token) = Token::parse(presented) else { return Ok(None) };
    let is_known = trusted_devices::is_known(tx, &token, UserId(user.id)).await?;
    Ok(Some(token).filter(|_| is_known))
}
