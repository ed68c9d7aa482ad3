//! Sets a new password with the old one.

use crate::{
    app::App,
    audit::{self, Kind, Origin},
    db::users,
    domain::{
        email::EmailAddress,
        invalid::Invalid,
        password::{Context, Password},
    },
    error::Error,
    new_password, reauthentication,
};
use identity::Caller;
use journal_proto::auth::v1::{ChangePasswordRequest, ChangePasswordResponse};
use runtime::postgres;

/// What the wrong old password is told: a field at fault, as the session itself is fine.
const WRONG: Invalid = Invalid { field: "current_password", expected: "is not your password" };

/// The session that asks stays, all others end.
pub(crate) async fn change_password(
    app: &App,
    caller: &Caller,
    request: ChangePasswordRequest,
) -> Result<ChangePasswordResponse, Error> {
    let mut tx = postgres::begin_for(&app.pool, caller.user_id.0).await?;
    let user = users::find_of_live_session(&mut *tx, caller.user_id, caller.session_id).await?;
    let user = user.ok_or(Error::SessionEnded)?;
    let current = Password::presented("current_password", request.current_password)?;
    let context = Context::of(&user.email, &user.display_name);
    let chosen = Password::chosen("new_password", request.new_password, &context)?;
    let found = users::find_by_email(&mut tx, &EmailAddress::parse(&user.email)?).await?;
    tx.commit().await?;
    let found = found.ok_or(Error::SessionEnded)?;
    reauthentication::check(app, caller, &found, current, WRONG).await?;
    let hash = app.hasher.admit()?.hash(chosen).await?;

    let mut tx = postgres::begin_for(&app.pool, caller.user_id.0).await?;
    reauthentication::hold_live(&mut tx, caller.user_id, caller.session_id).await?;
    if !users::change_password(&mut *tx, caller.user_id, found.password_version, &hash).await? {
        return Err(WRONG.into());
    }
    new_password::follow_up(&mut tx, caller.user_id, Some(caller.session_id)).await?;
    let origin = Origin::Session(caller.session_id);
    audit::record(&mut tx, caller.user_id, Kind::PasswordChanged, "", origin).await?;
    tx.commit().await?;
    Ok(ChangePasswordResponse {})
}
