//! The only way to a session's tokens.

use crate::{
    app::App,
    audit::Origin,
    db::{refresh_tokens, sessions},
    deletion,
    domain::{device::Device, token::Token, user::User},
    error::Error,
};
use identity::{SessionId, UserId};
use journal_proto::auth::v1::Tokens;
use sqlx::PgConnection;

/// Opens a session of `user` and issues its first tokens.
pub(crate) async fn open_session(
    app: &App,
    tx: &mut PgConnection,
    user: &User,
    device: &Device,
) -> Result<Tokens, Error> {
    let user_id = UserId(user.id);
    // Whoever signs in wants the account: it is not deleted.
    deletion::undo(&mut *tx, user_id, Origin::Device(device)).await?;
    let session_id = sessions::insert(&mut *tx, user_id, device).await?;
    let token = Token::generate();
    let seconds = refresh_tokens::insert(tx, &token, user_id, session_id).await?;
    tokens(app, user_id, session_id, &token, seconds).await
}

/// Issues the tokens that follow a consumed one.
pub(crate) async fn succeed(
    app: &App,
    tx: &mut PgConnection,
    user_id: UserId,
    session_id: SessionId,
    consumed: &Token,
) -> Result<Tokens, Error> {
    let successor = app.succession.successor(session_id, consumed)?;
    let seconds = refresh_tokens::insert_successor(tx, &successor, consumed, user_id, session_id).await?;
    tokens(app, user_id, session_id, &successor.token, seconds).await
}

/// A stored refresh token, which may rest for so many seconds, with an access token.
pub(crate) async fn tokens(
    app: &App,
    user_id: UserId,
    session_id: SessionId,
    refresh_token: &Token,
    seconds: i64,
) -> Result<Tokens, Error> {
    let (access_token, expires_in) = app.signing.issuer().await?.issue(user_id, session_id)?;
    Ok(Tokens {
        access_token,
        expires_in,
        refresh_token: refresh_token.to_base64url(),
        refresh_expires_in: u32::try_from(seconds).unwrap_or_default(),
        session_id: session_id.to_string(),
    })
}
