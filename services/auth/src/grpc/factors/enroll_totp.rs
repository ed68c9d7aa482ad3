//! A new secret for an authenticator app.

use crate::{
    app::App,
    db::totp_secrets,
    domain::totp::{ENROLMENT_MINUTES, TotpSecret},
    error::Error,
    reauthentication, second_factor,
};
use identity::Caller;
use journal_proto::auth::v1::{EnrollTotpRequest, EnrollTotpResponse};
use runtime::postgres;

/// Another enrolment takes the place of one that was not confirmed.
pub(crate) async fn enroll_totp(
    app: &App,
    caller: &Caller,
    request: EnrollTotpRequest,
) -> Result<EnrollTotpResponse, Error> {
    let user = reauthentication::insist(app, caller, request.password).await?;
    let secret = TotpSecret::generate();
    let sealed = app.vault.seal(caller.user_id, second_factor::PURPOSE, secret.as_bytes())?;
    let mut tx = postgres::begin_for(&app.pool, caller.user_id.0).await?;
    reauthentication::hold_live(&mut tx, caller.user_id, caller.session_id).await?;
    if !totp_secrets::enroll(&mut *tx, caller.user_id, &sealed).await? {
        return Err(Error::TotpAlreadyEnabled);
    }
    tx.commit().await?;
    Ok(EnrollTotpResponse {
        secret: secret.to_base32(),
        otpauth_uri: secret.uri(&user.email)?,
        expires_in: ENROLMENT_MINUTES.unsigned_abs() * 60,
    })
}
