//! Accepts an invitation.

use crate::{
    app::App,
    audit::{self, Kind, Origin},
    db::{mentors, users},
    domain::{invitation::Invitation, mail::Notice, user::User},
    error::Error,
    mailing::notify_of,
    wire,
};
use identity::{Caller, UserId};
use journal_proto::auth::v1::{AcceptInvitationRequest, Mentored};
use runtime::postgres;

/// In the owner's name what is the owner's, and in the mentor's what is his: his log, and what he may see of the owner, who is told.
pub(crate) async fn accept_invitation(
    app: &App,
    caller: &Caller,
    request: &AcceptInvitationRequest,
) -> Result<Mentored, Error> {
    let invitation = Invitation::parse(&request.token).ok_or(Error::InvalidMailedToken)?;
    let mut tx = postgres::begin_for(&app.pool, caller.user_id.0).await?;
    // Whoever disables the mentor waits, and ends this as well; or was first, and has ended the session.
    users::enabled(&mut tx, caller.user_id).await?.ok_or(Error::SessionEnded)?;
    let mentor = users::find_of_live_session(&mut *tx, caller.user_id, caller.session_id).await?;
    let mentor = mentor.ok_or(Error::SessionEnded)?;

    postgres::act_for(&mut tx, invitation.owner.0).await?;
    let id = mentors::accept(&mut tx, &invitation, UserId(mentor.id)).await?;
    let id = id.ok_or(Error::InvalidMailedToken)?;
    let owner = users::find(&mut *tx, invitation.owner).await?.ok_or(Error::InvalidMailedToken)?;
    let User { email, .. } = &mentor;
    audit::record(&mut tx, invitation.owner, Kind::MentorAccepted, email, Origin::Unknown).await?;
    notify_of(&mut tx, invitation.owner, Notice::MentorAccepted, email).await?;

    let origin = Origin::Session(caller.session_id);
    audit::record(&mut tx, caller.user_id, Kind::InvitationAccepted, &owner.email, origin).await?;
    let given = mentors::list_given(&mut tx, caller.user_id).await?;
    let given = given.into_iter().find(|entry| entry.id == id.0).ok_or(Error::InvalidMailedToken)?;
    tx.commit().await?;
    Ok(wire::mentored(given))
}
