//! Invites somebody to read the caller's journal.

use crate::{
    app::App,
    audit::{self, Kind, Origin},
    db::{mentors, users},
    domain::{
        email::EmailAddress,
        invalid::Invalid,
        invitation::{Invitation, MOST},
        token::Token,
    },
    error::Error,
    mailing::mail_invitation,
    reauthentication,
    throttle::PAUSE_SECONDS,
    wire,
};
use identity::Caller;
use journal_proto::auth::v1::{InviteMentorRequest, Mentor};
use sqlx::PgConnection;

const MAIL: &str = "mentor-invitation";

/// Whether the address is registered does not matter: whoever reads the mail accepts it, signed in as whoever he is.
pub(crate) async fn invite_mentor(
    app: &App,
    tx: &mut PgConnection,
    caller: &Caller,
    request: &InviteMentorRequest,
) -> Result<Mentor, Error> {
    let email = EmailAddress::parse(&request.email)?;
    // One after the other, so that the limit holds.
    reauthentication::hold_live(&mut *tx, caller.user_id, caller.session_id).await?;
    let owner = users::find(&mut *tx, caller.user_id).await?.ok_or(Error::SessionEnded)?;
    if email.as_str() == owner.email {
        return Err(Invalid { field: "email", expected: "must be somebody else's" }.into());
    }
    if mentors::count(&mut *tx, caller.user_id).await? >= MOST {
        return Err(Error::TooManyMentors);
    }
    app.throttle.count_sent(&mut *tx, MAIL, caller.user_id).await?;
    if !app.throttle.may_mail(&mut *tx, MAIL, &email).await? {
        return Err(Error::TooManyAttempts { retry_after: PAUSE_SECONDS });
    }
    let invitation = Invitation { owner: caller.user_id, token: Token::generate() };
    let entry = mentors::insert(&mut *tx, &invitation, &email).await?;
    mail_invitation(&mut *tx, &invitation, &email, &owner.email).await?;
    let origin = Origin::Session(caller.session_id);
    audit::record(tx, caller.user_id, Kind::MentorInvited, email.as_str(), origin).await?;
    Ok(wire::mentor(entry))
}
