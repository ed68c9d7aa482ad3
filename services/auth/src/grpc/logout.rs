//! Ends the session that a refresh token belongs to, and that of the access token beside it.

use crate::{
    app::App,
    audit::{self, Kind, Origin},
    db::refresh_tokens,
    domain::{session::EndReason, token::Token},
    ending::end_session,
    error::Error,
};
use identity::{Caller, InvalidToken, SessionId, UserId, Verifier};
use journal_proto::auth::v1::{LogoutRequest, LogoutResponse};
use runtime::postgres;
use sqlx::PgConnection;

/// Any token that the session ever had will do, and a second time changes nothing. What we never issued is fine, too:
/// whoever signs out wants to be out. So does whoever still has an access token of another session than the refresh token's.
pub(crate) async fn logout(
    app: &App,
    verifier: &Verifier,
    request: &LogoutRequest,
) -> Result<LogoutResponse, Error> {
    let caller = whole_session(verifier, &request.access_token).await?;
    let mut ended = Vec::new();
    if let Some(token) = Token::parse(&request.refresh_token) {
        let mut tx = postgres::begin(&app.pool).await?;
        if let Some(found) = refresh_tokens::find(&mut tx, &token).await? {
            sign_out(&mut tx, found.user_id, found.session_id).await?;
            ended.push(found.session_id);
        }
        tx.commit().await?;
    }
    // One session a transaction: whoever ends many at once is not waited for with one of them in hand.
    if let Some(Caller { user_id, session_id, .. }) =
        caller.filter(|caller| !ended.contains(&caller.session_id))
    {
        let mut tx = postgres::begin_for(&app.pool, user_id.0).await?;
        sign_out(&mut tx, user_id, session_id).await?;
        tx.commit().await?;
        ended.push(session_id);
    }
    Ok(LogoutResponse { session_ids: ended.iter().map(SessionId::to_string).collect() })
}

async fn sign_out(tx: &mut PgConnection, user: UserId, session: SessionId) -> sqlx::Result<()> {
    if end_session(&mut *tx, user, session, EndReason::Logout).await? {
        audit::record(tx, user, Kind::SignedOut, "", Origin::Session(session)).await?;
    }
    Ok(())
}

/// Whose access token it is, if it is good and of a session: a key or a grant of a mentor is taken back elsewhere.
async fn whole_session(verifier: &Verifier, access_token: &str) -> Result<Option<Caller>, Error> {
    if access_token.is_empty() {
        return Ok(None);
    }
    match verifier.verify(access_token).await {
        Ok(caller) => Ok(Some(caller).filter(|caller| caller.scope.is_none() && caller.actor.is_none())),
        // Nobody can tell yet: better to come back than to be told that one is out.
        Err(InvalidToken::Undecided) => Err(Error::Overloaded),
        Err(_) => Ok(None),
    }
}
