//! Forgets one of the caller's passkeys.

use crate::{
    app::App, audit::Kind, changed_factors, db::passkeys, domain::mail::Notice, error::Error,
    reauthentication,
};
use identity::Caller;
use journal_proto::auth::v1::{DeletePasskeyRequest, DeletePasskeyResponse};
use runtime::postgres;

/// Sessions that it opened may be somebody else's: all but the caller's end.
pub(crate) async fn delete_passkey(
    app: &App,
    caller: &Caller,
    request: &DeletePasskeyRequest,
) -> Result<DeletePasskeyResponse, Error> {
    reauthentication::insist(app, caller, String::new()).await?;
    let id = request.passkey_id.parse().map_err(|_| Error::NoSuchPasskey)?;
    let mut tx = postgres::begin_for(&app.pool, caller.user_id.0).await?;
    reauthentication::hold_live(&mut tx, caller.user_id, caller.session_id).await?;
    let name = passkeys::delete(&mut *tx, caller.user_id, id).await?.ok_or(Error::NoSuchPasskey)?;
    changed_factors::follow_up(&mut tx, caller, Kind::PasskeyRemoved, &name, Notice::PasskeyRemoved).await?;
    tx.commit().await?;
    Ok(DeletePasskeyResponse {})
}
