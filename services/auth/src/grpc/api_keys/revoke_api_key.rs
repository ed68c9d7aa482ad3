//! Ends an API key.

use crate::{
    app::App,
    audit::{self, Kind, Origin},
    db::{api_keys, sessions},
    domain::session::EndReason,
    ending::end_session,
    error::Error,
};
use identity::{Caller, SessionId};
use journal_proto::auth::v1::{RevokeApiKeyRequest, RevokeApiKeyResponse};
use runtime::postgres;

/// Its session ends, and with it the tokens that were derived from it. Again, it changes nothing.
pub(crate) async fn revoke_api_key(
    app: &App,
    caller: &Caller,
    request: &RevokeApiKeyRequest,
) -> Result<RevokeApiKeyResponse, Error> {
    let user = caller.user_id;
    let mut tx = postgres::begin_for(&app.pool, user.0).await?;
    if !sessions::is_live(&mut *tx, user, caller.session_id).await? {
        return Err(Error::SessionEnded);
    }
    let id: SessionId = request.api_key_id.parse().map_err(|_| Error::NoSuchApiKey)?;
    let name = api_keys::name(&mut *tx, user, id).await?.ok_or(Error::NoSuchApiKey)?;
    if end_session(&mut tx, user, id, EndReason::Revoked).await? {
        let origin = Origin::Session(caller.session_id);
        audit::record(&mut tx, user, Kind::ApiKeyRevoked, &name, origin).await?;
    }
    tx.commit().await?;
    Ok(RevokeApiKeyResponse {})
}
