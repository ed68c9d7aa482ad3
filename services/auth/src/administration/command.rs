//! What the command line does to an account: how the first admin comes to be, and how one is locked out when no admin is at hand.

use super::By;
use crate::{db::users, domain::email::EmailAddress};
use anyhow::Context as _;
use identity::{Role, UserId};
use runtime::{postgres, secrets::Secrets, settings};
use sqlx::Connection as _;

/// What is done.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Act {
    GrantRole(Role),
    Disable,
    Enable,
}

/// Does it to the user with this address.
pub(crate) async fn run(settings: &settings::Postgres, email: &str, act: Act) -> anyhow::Result<()> {
    let email = EmailAddress::parse(email).map_err(|invalid| anyhow::anyhow!("{invalid}"))?;
    let mut database = postgres::connect_once(settings, &Secrets::default()).await?;
    let mut tx = database.begin().await?;
    let found = users::find_by_email(&mut tx, &email).await?.context("no user has this address")?;
    let user = UserId(found.user.id);
    match act {
        Act::GrantRole(role) => super::set_role(&mut tx, user, role, By::Operator).await?,
        Act::Disable => super::disable(&mut tx, user, By::Operator).await?,
        Act::Enable => super::enable(&mut tx, user, By::Operator).await?,
    }
    tx.commit().await?;
    Ok(())
}
