//! The only way to a session's tokens.

use crate::{
    app::App,
    audit::Origin,
    db::{refresh_tokens, sessions, users},
    deletion,
    domain::{device::Device, token::Token, user::User},
    error::Error,
};
use identity::{Role, SessionId, UserId};
use journal_proto::auth::v1::Tokens;
use sqlx::PgConnection;

/// Whose tokens they are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Holder {
    pub user_id: UserId,
    pub session_id: SessionId,
    /// As it is now: whoever changes it ends the session.
    pub role: Role,
}

/// Opens a session of `user` and issues its first tokens.
pub(crate) async fn open_session(
    app: &App,
    tx: &mut PgConnection,
    user: &User,
    device: &Device,
) -> Result<Tokens, Error> {
    let user_id = UserId(user.id);
    // Whoever disables the user waits, and ends this session as well; or was first.
    let users::Enabled { role, is_leaving } =
        users::enabled(&mut *tx, user_id).await?.ok_or(Error::AccountDisabled)?;
    // Whoever signs in wants the account: it is not deleted.
    if is_leaving {
        deletion::undo(&mut *tx, user_id, Origin::Device(device)).await?;
    }
    let session_id = sessions::insert(&mut *tx, user_id, device).await?;
    let token = Token::generate();
    let seconds = refresh_tokens::insert(tx, &token, user_id, session_id).await?;
    tokens(app, &Holder { user_id, session_id, role }, &token, seconds).await
}

/// Issues the tokens that follow a consumed one.
pub(crate) async fn succeed(
    app: &App,
    tx: &mut PgConnection,
    holder: &Holder,
    consumed: &Token,
) -> Result<Tokens, Error> {
    let Holder { user_id, session_id, .. } = *holder;
    let successor = app.succession.successor(session_id, consumed)?;
    let seconds = refresh_tokens::insert_successor(tx, &successor, consumed, user_id, session_id).await?;
    tokens(app, holder, &successor.token, seconds).await
}

/// A stored refresh token, which may rest for so many seconds, with an access token.
pub(crate) async fn tokens(
    app: &App,
    holder: &Holder,
    refresh_token: &Token,
    seconds: i64,
) -> Result<Tokens, Error> {
    let Holder { user_id, session_id, role } = holder;
    let issuer = app.signing.issuer().await?;
    let (access_token, expires_in) = issuer.issue_as(*user_id, *session_id, *role)?;
    Ok(Tokens {
        access_token,
        expires_in,
        refresh_token: refresh_token.to_base64url(),
        refresh_expires_in: u32::try_from(seconds).unwrap_or_default(),
        session_id: session_id.to_string(),
    })
}
