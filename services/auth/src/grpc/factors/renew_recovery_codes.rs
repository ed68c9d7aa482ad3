//! New recovery codes in place of all others.

use super::{new_codes, shown};
use crate::{
    app::App,
    audit::{self, Kind, Origin},
    db::{recovery_codes, totp_secrets},
    domain::mail::Notice,
    error::Error,
    mailing::notify,
    reauthentication,
};
use identity::Caller;
use journal_proto::auth::v1::{RecoveryCodes, RenewRecoveryCodesRequest};
use runtime::postgres;

/// Only where codes are asked for at all.
pub(crate) async fn renew_recovery_codes(
    app: &App,
    caller: &Caller,
    request: RenewRecoveryCodesRequest,
) -> Result<RecoveryCodes, Error> {
    reauthentication::insist(app, caller, request.password).await?;
    let codes = new_codes();
    let mut tx = postgres::begin_for(&app.pool, caller.user_id.0).await?;
    reauthentication::hold_live(&mut tx, caller.user_id, caller.session_id).await?;
    if totp_secrets::confirmed(&mut *tx, caller.user_id).await?.is_none() {
        return Err(Error::TotpNotEnabled);
    }
    recovery_codes::replace(&mut tx, caller.user_id, &codes).await?;
    let origin = Origin::Session(caller.session_id);
    audit::record(&mut tx, caller.user_id, Kind::RecoveryCodesRenewed, "", origin).await?;
    notify(&mut tx, caller.user_id, Notice::RecoveryCodesRenewed).await?;
    tx.commit().await?;
    Ok(shown(&codes))
}
