//! An account elsewhere signs the caller in no more.

use crate::{
    app::App, audit::Kind, changed_factors, db::oidc_identities, domain::mail::Notice, error::Error,
    reauthentication,
};
use identity::Caller;
use journal_proto::auth::v1::{UnlinkIdentityRequest, UnlinkIdentityResponse};
use runtime::postgres;

/// Sessions that it opened may be somebody else's: all but the caller's end. Who has no other means left resets the password by mail.
pub(crate) async fn unlink_identity(
    app: &App,
    caller: &Caller,
    request: &UnlinkIdentityRequest,
) -> Result<UnlinkIdentityResponse, Error> {
    reauthentication::insist(app, caller, String::new()).await?;
    let id = request.identity_id.parse().map_err(|_| Error::NoSuchIdentity)?;
    let mut tx = postgres::begin_for(&app.pool, caller.user_id.0).await?;
    reauthentication::hold_live(&mut tx, caller.user_id, caller.session_id).await?;
    let issuer = oidc_identities::delete(&mut *tx, caller.user_id, id).await?.ok_or(Error::NoSuchIdentity)?;
    let (kind, notice) = (Kind::IdentityUnlinked, Notice::IdentityUnlinked);
    changed_factors::follow_up(&mut tx, caller, kind, &issuer, notice).await?;
    tx.commit().await?;
    Ok(UnlinkIdentityResponse {})
}
