//! The caller's own profile.

use crate::{app::App, db::users, error::Error, wire};
use identity::Caller;
use journal_proto::auth::v1::User;
use runtime::postgres;

/// The token may outlive its session by minutes: the session is what counts.
pub(crate) async fn get_me(app: &App, caller: &Caller) -> Result<User, Error> {
    let mut tx = postgres::begin_for(&app.pool, caller.user_id.0).await?;
    let found = users::find_of_live_session(&mut *tx, caller.user_id, caller.session_id).await?;
    tx.commit().await?;
    found.map(wire::user).ok_or(Error::SessionEnded)
}
