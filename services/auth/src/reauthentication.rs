//! Who changes how one signs in shows anew who he is: an access token alone may have been stolen.

use crate::{
    app::App,
    db::{
        sessions,
        users::{self, Found},
    },
    domain::{email::EmailAddress, invalid::Invalid, password::Password, user::User},
    error::Error,
    hashing::Verdict,
};
use identity::{Caller, SessionId, UserId};
use runtime::postgres;
use sqlx::PgConnection;

/// A session is as good as a password for so many minutes after its sign-in.
const FRESH_MINUTES: i32 = 10;

/// The caller, by the password, else by a session that is fresh: not every user has a password.
pub(crate) async fn insist(app: &App, caller: &Caller, password: String) -> Result<User, Error> {
    let mut tx = postgres::begin_for(&app.pool, caller.user_id.0).await?;
    let user = users::find_of_live_session(&mut *tx, caller.user_id, caller.session_id).await?;
    let user = user.ok_or(Error::SessionEnded)?;
    if password.is_empty() {
        let fresh = sessions::is_younger(&mut *tx, caller.user_id, caller.session_id, FRESH_MINUTES).await?;
        return if fresh { Ok(user) } else { Err(Error::Reauthenticate) };
    }
    let found = users::find_by_email(&mut tx, &EmailAddress::parse(&user.email)?).await?;
    tx.commit().await?;
    let wrong = Invalid { field: "password", expected: "is not your password" };
    let password = Password::presented("password", password)?;
    check(app, caller, &found.ok_or(Error::SessionEnded)?, password, wrong).await?;
    Ok(user)
}

/// Lets whoever ends the user's sessions wait, or was second to them: an error when this one has ended. Comes first in a transaction that
/// changes how one signs in: since the password was checked, its owner may have thrown out whoever showed it.
pub(crate) async fn hold_live(
    tx: &mut PgConnection,
    user_id: UserId,
    session_id: SessionId,
) -> Result<(), Error> {
    users::lock(&mut *tx, user_id).await?;
    if sessions::is_live(tx, user_id, session_id).await? { Ok(()) } else { Err(Error::SessionEnded) }
}

/// Whether this is the user's password, else `wrong`. Counted as a sign-in is: a stolen access token is no way to guess it.
pub(crate) async fn check(
    app: &App,
    caller: &Caller,
    found: &Found,
    password: Password,
    wrong: Invalid,
) -> Result<(), Error> {
    let place = app.hasher.admit()?;
    let attempt = app.throttle.begin_change(caller.user_id).await?;
    if place.verify(password, Some(found.hash.clone())).await? == Verdict::Wrong {
        attempt.fail().await?;
        return Err(wrong.into());
    }
    attempt.give_back().await
}
