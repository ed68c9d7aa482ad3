//! Changes a user's name, or asks for another address.

use crate::{
    app::App,
    audit::{self, Kind, Origin},
    db::{mailed_tokens, profiles, users},
    domain::{
        display_name::DisplayName,
        email::EmailAddress,
        mail::{Notice, Purpose},
    },
    error::Error,
    mailing::{mail_token_to, notify, notify_at},
    profile, reauthentication, wire,
};
use identity::{Caller, UserId};
use journal_proto::auth::v1::{UpdateMeRequest, User};
use runtime::postgres;
use sqlx::PgConnection;

/// The address stays as it is until the new one is confirmed, and the old one is told. Whoever names the address of now takes back what was
/// asked for. Whether the new one is somebody else's already, nobody is told but that somebody.
pub(crate) async fn update_me(app: &App, caller: &Caller, request: UpdateMeRequest) -> Result<User, Error> {
    let name = request.display_name.as_deref().map(DisplayName::parse).transpose()?;
    let email = request.email.as_deref().map(EmailAddress::parse).transpose()?;
    if email.is_some() {
        reauthentication::insist(app, caller, request.password).await?;
    }
    let mut tx = postgres::begin_for(&app.pool, caller.user_id.0).await?;
    reauthentication::hold_live(&mut tx, caller.user_id, caller.session_id).await?;
    let user = users::find(&mut *tx, caller.user_id).await?.ok_or(Error::SessionEnded)?;
    if let Some(name) = name.filter(|name| name.as_str() != user.display_name) {
        profiles::rename(&mut *tx, caller.user_id, &name).await?;
        profile::tell(&mut tx, caller.user_id).await?;
        let origin = Origin::Session(caller.session_id);
        audit::record(&mut tx, caller.user_id, Kind::ProfileChanged, "", origin).await?;
    }
    if let Some(email) = email {
        // The address that was asked for before is asked for no more, also where this one is the user's already or somebody else's.
        mailed_tokens::void(&mut *tx, caller.user_id, Purpose::ChangeEmail).await?;
        if email.as_str() != user.email {
            ask_for(app, &mut tx, caller, &user.email, &email).await?;
        }
    }
    let user = users::find(&mut *tx, caller.user_id).await?.ok_or(Error::SessionEnded)?;
    tx.commit().await?;
    Ok(wire::user(user))
}

async fn ask_for(
    app: &App,
    tx: &mut PgConnection,
    caller: &Caller,
    old: &str,
    email: &EmailAddress,
) -> Result<(), Error> {
    let user = caller.user_id;
    let kind = Purpose::ChangeEmail.as_str();
    app.throttle.count_sent(&mut *tx, kind, user).await?;
    let is_due = app.throttle.may_mail(&mut *tx, kind, email).await?;
    let taken = users::find_by_email(&mut *tx, email).await?.map(|found| UserId(found.user.id));
    match taken.filter(|_| is_due) {
        Some(owner) => notify(tx, owner, Notice::AlreadyRegistered).await?,
        None if is_due => mail_token_to(tx, user, email).await?,
        None => {}
    }
    notify_at(tx, user, old, Notice::EmailChangeRequested, email.as_str()).await?;
    let origin = Origin::Session(caller.session_id);
    audit::record(tx, user, Kind::EmailChangeRequested, email.as_str(), origin).await?;
    Ok(())
}
