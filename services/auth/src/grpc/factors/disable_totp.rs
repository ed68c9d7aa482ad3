//! Asks for no codes any more.

use crate::{
    app::App,
    audit::Kind,
    changed_factors,
    db::{recovery_codes, totp_secrets},
    domain::mail::Notice,
    error::Error,
    reauthentication,
};
use identity::Caller;
use journal_proto::auth::v1::{DisableTotpRequest, DisableTotpResponse};
use runtime::postgres;

/// Where none are asked for, an enrolment is forgotten and nobody is told.
pub(crate) async fn disable_totp(
    app: &App,
    caller: &Caller,
    request: DisableTotpRequest,
) -> Result<DisableTotpResponse, Error> {
    reauthentication::insist(app, caller, request.password).await?;
    let mut tx = postgres::begin_for(&app.pool, caller.user_id.0).await?;
    reauthentication::hold_live(&mut tx, caller.user_id, caller.session_id).await?;
    let was_enabled = totp_secrets::remove(&mut *tx, caller.user_id).await?;
    recovery_codes::remove(&mut *tx, caller.user_id).await?;
    if was_enabled {
        changed_factors::follow_up(&mut tx, caller, Kind::TotpDisabled, "", Notice::TotpDisabled).await?;
    }
    tx.commit().await?;
    Ok(DisableTotpResponse {})
}
