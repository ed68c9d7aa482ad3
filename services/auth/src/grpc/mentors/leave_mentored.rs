//! Gives up reading somebody's journal.

use crate::{
    app::App,
    audit::{self, Kind, Origin},
    db::{mentors, sessions, users},
    domain::session::EndReason,
    ending::end_session,
    error::Error,
};
use identity::{Caller, SessionId};
use journal_proto::auth::v1::{LeaveMentoredRequest, LeaveMentoredResponse};
use runtime::postgres;

/// What is ended is the owner's row, in the owner's name. Again, it changes nothing.
pub(crate) async fn leave_mentored(
    app: &App,
    caller: &Caller,
    request: &LeaveMentoredRequest,
) -> Result<LeaveMentoredResponse, Error> {
    let id: SessionId = request.mentored_id.parse().map_err(|_| Error::NoSuchMentor)?;
    let mut tx = postgres::begin_for(&app.pool, caller.user_id.0).await?;
    if !sessions::is_live(&mut *tx, caller.user_id, caller.session_id).await? {
        return Err(Error::SessionEnded);
    }
    let owner = mentors::owner_of(&mut *tx, id, caller.user_id).await?.ok_or(Error::NoSuchMentor)?;
    postgres::act_for(&mut tx, owner.0).await?;
    let (email, is_new) = mentors::end(&mut *tx, owner, id).await?.ok_or(Error::NoSuchMentor)?;
    end_session(&mut tx, owner, id, EndReason::Revoked).await?;
    if is_new {
        let user = users::find(&mut *tx, owner).await?.ok_or(Error::NoSuchMentor)?;
        audit::record(&mut tx, owner, Kind::MentorEnded, &email, Origin::Unknown).await?;
        let origin = Origin::Session(caller.session_id);
        audit::record(&mut tx, caller.user_id, Kind::MentoringEnded, &user.email, origin).await?;
    }
    tx.commit().await?;
    Ok(LeaveMentoredResponse {})
}
