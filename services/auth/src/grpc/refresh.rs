//! Rotates a refresh token, and ends the session of one that comes back.

use crate::{
    app::App,
    audit::{self, Kind, Origin},
    db::{
        refresh_tokens::{self, Found},
        sessions, users,
    },
    domain::{device, mail, session::EndReason, token::Token, user::User},
    ending::end_session,
    error::Error,
    mailing::notify,
    opening::{self, Holder},
    wire,
};
use journal_proto::auth::v1::{RefreshRequest, RefreshResponse, Tokens};
use runtime::postgres;
use sqlx::PgConnection;

/// The database decides: of any number of callers with one token, one consumes it. The others get the same successor when they are the
/// device that consumed it, a moment ago; else they betray that two hold the session.
pub(crate) async fn refresh(app: &App, request: &RefreshRequest) -> Result<RefreshResponse, Error> {
    let token = Token::parse(&request.refresh_token).ok_or(Error::InvalidRefreshToken)?;
    let device = device::mark(&request.user_agent, Token::parse(&request.device_token).as_ref());
    let mut tx = postgres::begin(&app.pool).await?;
    let found = refresh_tokens::find(&mut tx, &token).await?.ok_or(Error::InvalidRefreshToken)?;
    let outcome = if refresh_tokens::consume(&mut *tx, &token, &device).await? {
        rotate(app, &mut tx, &token, &found).await
    } else {
        repeat(app, &mut tx, &token, &found, &device).await
    };
    match outcome {
        // The end of the session is to stay.
        Ok(_) | Err(Error::RefreshTokenReused) => tx.commit().await?,
        Err(_) => tx.rollback().await?,
    }
    outcome
}

async fn rotate(
    app: &App,
    tx: &mut PgConnection,
    token: &Token,
    found: &Found,
) -> Result<RefreshResponse, Error> {
    let user = keep_live(&mut *tx, found).await?;
    let tokens = opening::succeed(app, tx, &holder(found, &user), token).await?;
    Ok(answer(user, tokens))
}

/// The successor once more, or the end of the session for its thief and its owner alike.
async fn repeat(
    app: &App,
    tx: &mut PgConnection,
    token: &Token,
    found: &Found,
    device: &[u8; 32],
) -> Result<RefreshResponse, Error> {
    if !refresh_tokens::is_consumed(&mut *tx, token).await? {
        return Err(Error::InvalidRefreshToken);
    }
    let Some(given) = refresh_tokens::given_a_moment_ago(&mut *tx, token, device).await? else {
        return Err(end_family(tx, found).await?);
    };
    let user = keep_live(tx, found).await?;
    let successor = app.succession.again(found.session_id, token, &given.key_id)?;
    let successor = successor.ok_or(Error::InvalidRefreshToken)?;
    metrics::counter!("auth.refreshes.repeated").increment(1);
    let tokens = opening::tokens(app, &holder(found, &user), &successor, given.seconds).await?;
    Ok(answer(user, tokens))
}

/// A session that was ended meanwhile stays so, and one that is live now cannot be ended before we commit.
async fn keep_live(tx: &mut PgConnection, found: &Found) -> Result<User, Error> {
    if !sessions::touch(&mut *tx, found.user_id, found.session_id).await? {
        return Err(Error::InvalidRefreshToken);
    }
    users::find(tx, found.user_id).await?.ok_or(Error::InvalidRefreshToken)
}

fn holder(found: &Found, user: &User) -> Holder {
    Holder { user_id: found.user_id, session_id: found.session_id, role: user.role }
}

fn answer(user: User, tokens: Tokens) -> RefreshResponse {
    RefreshResponse { tokens: Some(tokens), user: Some(wire::user(user)) }
}

async fn end_family(tx: &mut PgConnection, found: &Found) -> Result<Error, Error> {
    let (user, session) = (found.user_id, found.session_id);
    if end_session(&mut *tx, user, session, EndReason::RefreshTokenReuse).await? {
        notify(&mut *tx, user, mail::Notice::RefreshTokenReused).await?;
        audit::record(tx, user, Kind::RefreshTokenReused, "", Origin::Session(session)).await?;
        tracing::warn!(session.id = %found.session_id, "a refresh token was used twice: its session is ended");
    }
    Ok(Error::RefreshTokenReused)
}
