//! Takes back what the caller gave.

use crate::{
    app::App,
    audit::{self, Kind, Origin},
    db::mentors,
    domain::session::EndReason,
    ending::end_session,
    error::Error,
    reauthentication,
};
use identity::{Caller, SessionId};
use journal_proto::auth::v1::{EndMentorRequest, EndMentorResponse};
use runtime::postgres;

/// Tokens that were derived from it end, too. Again, it changes nothing.
pub(crate) async fn end_mentor(
    app: &App,
    caller: &Caller,
    request: &EndMentorRequest,
) -> Result<EndMentorResponse, Error> {
    let owner = caller.user_id;
    let id: SessionId = request.mentor_id.parse().map_err(|_| Error::NoSuchMentor)?;
    let mut tx = postgres::begin_for(&app.pool, owner.0).await?;
    reauthentication::hold_live(&mut tx, owner, caller.session_id).await?;
    let (email, is_new) = mentors::end(&mut *tx, owner, id).await?.ok_or(Error::NoSuchMentor)?;
    end_session(&mut tx, owner, id, EndReason::Revoked).await?;
    if is_new {
        let origin = Origin::Session(caller.session_id);
        audit::record(&mut tx, owner, Kind::MentorEnded, &email, origin).await?;
    }
    tx.commit().await?;
    Ok(EndMentorResponse {})
}
