//! An access token that reads another's journal.

use crate::{
    app::App,
    db::{mentors, sessions},
    error::Error,
};
use identity::{ACCESS_TOKEN_SECONDS, Caller, Derived, Scope, UserId};
use journal_proto::auth::v1::{ReadAsRequest, ReadAsResponse};
use runtime::postgres;

/// `sub` is the owner, `act` the mentor, and `sid` the grant: when that ends, so does the token.
pub(crate) async fn read_as(
    app: &App,
    caller: &Caller,
    request: &ReadAsRequest,
) -> Result<ReadAsResponse, Error> {
    let owner: UserId = request.owner_id.parse().map_err(|_| Error::NoSuchMentor)?;
    let mut tx = postgres::begin_for(&app.pool, caller.user_id.0).await?;
    if !sessions::is_live(&mut *tx, caller.user_id, caller.session_id).await? {
        return Err(Error::SessionEnded);
    }
    let id = mentors::grant(&mut *tx, owner, caller.user_id).await?.ok_or(Error::NoSuchMentor)?;
    postgres::act_for(&mut tx, owner.0).await?;
    if !sessions::is_live(&mut *tx, owner, id).await? {
        return Err(Error::NoSuchMentor);
    }
    let derived = Derived {
        user: owner,
        id,
        scope: Scope::Read,
        actor: Some(caller.user_id),
        seconds_left: ACCESS_TOKEN_SECONDS,
    };
    let (access_token, expires_in) = app.signing.issuer().await?.derive(&derived)?;
    Ok(ReadAsResponse { access_token, expires_in })
}
