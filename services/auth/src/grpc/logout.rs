//! Ends the session that a refresh token belongs to.

use crate::{
    app::App,
    audit::{self, Kind, Origin},
    db::refresh_tokens,
    domain::{session::EndReason, token::Token},
    ending::end_session,
    error::Error,
};
use journal_proto::auth::v1::{LogoutRequest, LogoutResponse};
use runtime::postgres;

/// Any token that the session ever had will do, and a second time changes nothing. What we never issued is fine, too:
/// whoever signs out wants to be out.
pub(crate) async fn logout(app: &App, request: &LogoutRequest) -> Result<LogoutResponse, Error> {
    let Some(token) = Token::parse(&request.refresh_token) else { return Ok(LogoutResponse {}) };
    let mut tx = postgres::begin(&app.pool).await?;
    if let Some(found) = refresh_tokens::find(&mut tx, &token).await? {
        let (user, session) = (found.user_id, found.session_id);
        if end_session(&mut tx, user, session, EndReason::Logout).await? {
            audit::record(&mut tx, user, Kind::SignedOut, "", Origin::Session(session)).await?;
        }
    }
    tx.commit().await?;
    Ok(LogoutResponse {})
}
