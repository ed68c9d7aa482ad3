//! Disables, enables or gives a role to a user.

use crate::{
    administration::{self, By},
    app::App,
    domain::user::UserState,
    error::Error,
};
use identity::{Caller, Role, UserId};

/// What is to be done.
#[derive(Clone, Copy, Debug)]
pub(super) enum Change {
    Disable,
    Enable,
    Role(Role),
}

/// All of it or nothing; again, it changes nothing. What the user is then.
pub(super) async fn change_user(
    app: &App,
    caller: &Caller,
    user: &str,
    change: Change,
) -> Result<UserState, Error> {
    let (mut tx, admin) = super::begin(app, caller).await?;
    let id = UserId(super::find(&mut tx, user).await?.user.id);
    let by = By::Admin(&admin.email);
    match change {
        Change::Disable => administration::disable(&mut tx, id, by).await?,
        Change::Enable => administration::enable(&mut tx, id, by).await?,
        Change::Role(role) => administration::set_role(&mut tx, id, role, by).await?,
    }
    let state = super::find(&mut tx, user).await?;
    tx.commit().await?;
    Ok(state)
}
