//! The caller's passkeys.

use crate::{
    app::App,
    db::{passkeys, sessions},
    error::Error,
    wire,
};
use identity::Caller;
use journal_proto::auth::v1::ListPasskeysResponse;
use runtime::postgres;

/// Oldest first; so few that the answer has no pages.
pub(crate) async fn list_passkeys(app: &App, caller: &Caller) -> Result<ListPasskeysResponse, Error> {
    let mut tx = postgres::begin_for(&app.pool, caller.user_id.0).await?;
    if !sessions::is_live(&mut *tx, caller.user_id, caller.session_id).await? {
        return Err(Error::SessionEnded);
    }
    let passkeys = passkeys::list(&mut *tx, caller.user_id).await?;
    Ok(ListPasskeysResponse { passkeys: passkeys.into_iter().map(wire::passkey).collect() })
}
