//! What the caller shows besides the password.

use crate::{
    app::App,
    db::{recovery_codes, sessions, totp_secrets},
    error::Error,
    wire::timestamp,
};
use identity::Caller;
use journal_proto::auth::v1::Factors;
use runtime::postgres;

/// A secret that is only enrolled is not told: nothing asks for it.
pub(crate) async fn get_factors(app: &App, caller: &Caller) -> Result<Factors, Error> {
    let mut tx = postgres::begin_for(&app.pool, caller.user_id.0).await?;
    if !sessions::is_live(&mut *tx, caller.user_id, caller.session_id).await? {
        return Err(Error::SessionEnded);
    }
    let totp = totp_secrets::find(&mut *tx, caller.user_id).await?;
    let left = recovery_codes::left(&mut *tx, caller.user_id).await?;
    Ok(Factors {
        totp_enabled_at: totp.and_then(|totp| totp.confirmed_at).map(timestamp),
        recovery_codes_left: u32::try_from(left).unwrap_or_default(),
    })
}
