//! The caller's own profile.

use crate::{app::App, db::users, error::Error, wire};
use identity::Caller;
use journal_proto::auth::v1::User;

/// The token may outlive its session by minutes: the session is what counts.
pub(crate) async fn get_me(app: &App, caller: &Caller) -> Result<User, Error> {
    let found = users::find_of_live_session(&app.pool, caller.user_id, caller.session_id).await?;
    found.map(wire::user).ok_or(Error::SessionEnded)
}
