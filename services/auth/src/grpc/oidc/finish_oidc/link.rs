//! Lets an account elsewhere sign a user in from now on.

use crate::{
    app::App,
    audit::{self, Kind, Origin},
    db::oidc_identities,
    domain::mail::Notice,
    error::Error,
    mailing::notify,
    oidc::{Claims, Provider},
    reauthentication,
};
use identity::{SessionId, UserId};
use runtime::postgres;

/// The session that asked for it is live still. An account that is linked already may be linked again; one that is somebody else's not.
pub(super) async fn link(
    app: &App,
    user: UserId,
    session: SessionId,
    provider: &Provider,
    name: &str,
    claims: &Claims,
) -> Result<(), Error> {
    let mut tx = postgres::begin_for(&app.pool, user.0).await?;
    reauthentication::hold_live(&mut tx, user, session).await?;
    let (issuer, subject) = (provider.issuer(), &claims.subject);
    match oidc_identities::owner(&mut tx, issuer, subject).await? {
        Some(owner) if owner == user => return Ok(()),
        Some(_) => return Err(Error::IdentityTaken),
        None => {}
    }
    if !oidc_identities::insert(&mut *tx, user, issuer, subject).await? {
        return Err(Error::IdentityTaken);
    }
    audit::record(&mut tx, user, Kind::IdentityLinked, name, Origin::Session(session)).await?;
    notify(&mut tx, user, Notice::IdentityLinked).await?;
    Ok(tx.commit().await?)
}
