//! Shows that the app makes the right codes, from when on they are asked for.

use super::{new_codes, shown};
use crate::{
    app::App,
    audit::Kind,
    changed_factors,
    db::{recovery_codes, sessions, totp_secrets},
    domain::{invalid::Invalid, mail::Notice, totp::TotpSecret},
    error::Error,
    reauthentication, second_factor,
};
use identity::Caller;
use journal_proto::auth::v1::{ConfirmTotpRequest, RecoveryCodes};
use runtime::postgres;
use secrecy::ExposeSecret as _;

const WRONG: Invalid = Invalid { field: "code", expected: "is not the code that your app shows now" };

/// The code is used up: it signs nobody in.
pub(crate) async fn confirm_totp(
    app: &App,
    caller: &Caller,
    request: &ConfirmTotpRequest,
) -> Result<RecoveryCodes, Error> {
    let user_id = caller.user_id;
    let mut tx = postgres::begin_for(&app.pool, user_id.0).await?;
    if !sessions::is_live(&mut *tx, user_id, caller.session_id).await? {
        return Err(Error::SessionEnded);
    }
    let found = totp_secrets::find(&mut *tx, user_id).await?.ok_or(Error::TotpNotEnrolled)?;
    tx.commit().await?;
    if found.confirmed_at.is_some() {
        return Err(Error::TotpAlreadyEnabled);
    }
    let opened = app.vault.open(user_id, second_factor::PURPOSE, &found.sealed)?;
    let secret = TotpSecret::stored(opened.expose_secret())?;
    let attempt = app.throttle.begin_code(user_id, None).await?;
    let Some(step) = secret.step_of(request.code.trim(), found.now)? else {
        attempt.fail().await?;
        return Err(WRONG.into());
    };
    attempt.give_back().await?;

    let codes = new_codes();
    let mut tx = postgres::begin_for(&app.pool, user_id.0).await?;
    // Sign-ins that saw no secret are over before it counts, so that their sessions end with the others.
    reauthentication::hold_live(&mut tx, user_id, caller.session_id).await?;
    if !totp_secrets::confirm(&mut *tx, user_id, found.id, step).await? {
        return Err(WRONG.into());
    }
    recovery_codes::replace(&mut tx, user_id, &codes).await?;
    changed_factors::follow_up(&mut tx, caller, Kind::TotpEnabled, "", Notice::TotpEnabled).await?;
    tx.commit().await?;
    Ok(shown(&codes))
}
