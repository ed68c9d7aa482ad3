//! The accounts elsewhere that sign the caller in.

use crate::{
    app::App,
    db::{oidc_identities, sessions},
    error::Error,
    wire,
};
use identity::Caller;
use journal_proto::auth::v1::ListIdentitiesResponse;
use runtime::postgres;

/// Oldest first; so few that the answer has no pages.
pub(crate) async fn list_identities(app: &App, caller: &Caller) -> Result<ListIdentitiesResponse, Error> {
    let mut tx = postgres::begin_for(&app.pool, caller.user_id.0).await?;
    if !sessions::is_live(&mut *tx, caller.user_id, caller.session_id).await? {
        return Err(Error::SessionEnded);
    }
    let identities = oidc_identities::list(&mut *tx, caller.user_id).await?;
    let providers = app.providers.current();
    let named = |issuer: &str| providers.name_of(issuer).unwrap_or_default().to_owned();
    let identities =
        identities.into_iter().map(|linked| wire::linked_identity(named(&linked.issuer), linked));
    Ok(ListIdentitiesResponse { identities: identities.collect() })
}
