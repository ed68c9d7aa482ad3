//! One user.

use crate::{app::App, error::Error, wire};
use identity::Caller;
use journal_proto::auth::v1::{GetUserRequest, UserState};

/// Whoever it is.
pub(crate) async fn get_user(
    app: &App,
    caller: &Caller,
    request: &GetUserRequest,
) -> Result<UserState, Error> {
    let (mut tx, _) = super::begin(app, caller).await?;
    Ok(wire::user_state(super::find(&mut tx, &request.user_id).await?))
}
