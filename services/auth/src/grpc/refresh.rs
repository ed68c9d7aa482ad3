//! Rotates a refresh token, and ends the session of one that comes a second time.

use crate::{
    app::App,
    audit::{self, Kind, Origin},
    db::{refresh_tokens, sessions, users},
    domain::{session::EndReason, token::Token},
    ending::end_session,
    error::Error,
    opening::issue_tokens,
    wire,
};
use journal_proto::auth::v1::{RefreshRequest, RefreshResponse};
use sqlx::PgConnection;

/// The database decides: of any number of callers with one token, one gets a successor; the others betray that two hold it.
pub(crate) async fn refresh(app: &App, request: &RefreshRequest) -> Result<RefreshResponse, Error> {
    let token = Token::parse(&request.refresh_token).ok_or(Error::InvalidRefreshToken)?;
    let mut tx = app.pool.begin().await?;
    let Some((user_id, session_id)) = refresh_tokens::consume(&mut *tx, &token).await? else {
        let refusal = refuse(&mut tx, &token).await?;
        tx.commit().await?;
        return Err(refusal);
    };
    // A session that was ended meanwhile stays so, and one that is live now cannot be ended before we commit.
    if !sessions::touch(&mut *tx, user_id, session_id).await? {
        return Err(Error::InvalidRefreshToken);
    }
    let user = users::find(&mut *tx, user_id).await?.ok_or(Error::InvalidRefreshToken)?;
    let tokens = issue_tokens(app, &mut tx, user_id, session_id).await?;
    tx.commit().await?;
    Ok(RefreshResponse { tokens: Some(tokens), user: Some(wire::user(user)) })
}

/// Why a token was not consumed; the session of a reused one is ended, for its thief and its owner alike.
async fn refuse(tx: &mut PgConnection, token: &Token) -> Result<Error, Error> {
    let Some(found) = refresh_tokens::find(&mut *tx, token).await?.filter(|found| found.consumed) else {
        return Ok(Error::InvalidRefreshToken);
    };
    let (user, session) = (found.user_id, found.session_id);
    if end_session(&mut *tx, user, session, EndReason::RefreshTokenReuse).await? {
        audit::record(tx, user, Kind::RefreshTokenReused, "", Origin::Session(session)).await?;
        tracing::warn!(session.id = %found.session_id, "a refresh token was used twice: its session is ended");
    }
    Ok(Error::RefreshTokenReused)
}
