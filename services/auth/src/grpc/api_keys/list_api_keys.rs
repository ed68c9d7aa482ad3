//! The caller's API keys.

use crate::{
    app::App,
    db::{api_keys, sessions},
    error::Error,
    wire,
};
use identity::Caller;
use journal_proto::auth::v1::ListApiKeysResponse;
use runtime::postgres;

/// Newest first.
pub(crate) async fn list_api_keys(app: &App, caller: &Caller) -> Result<ListApiKeysResponse, Error> {
    let mut tx = postgres::begin_for(&app.pool, caller.user_id.0).await?;
    if !sessions::is_live(&mut *tx, caller.user_id, caller.session_id).await? {
        return Err(Error::SessionEnded);
    }
    let keys = api_keys::list(&mut *tx, caller.user_id).await?;
    Ok(ListApiKeysResponse { api_keys: keys.into_iter().map(wire::api_key).collect() })
}
