//! Reactions to the trades service's events.

mod drop_account;
mod forget_user;
mod keep_account;
mod keep_cash;
mod keep_journal;
mod update_statistics;
mod updated;

pub(crate) use drop_account::DropAccount;
pub(crate) use forget_user::ForgetUser;
pub(crate) use keep_account::KeepAccount;
pub(crate) use keep_cash::KeepCash;
pub(crate) use keep_journal::KeepJournal;
pub(crate) use update_statistics::UpdateStatistics;

use crate::db;
use events::{Failure, departures};
use sqlx::PgConnection;
use uuid::Uuid;

/// The user that an event is about; `None`: the user is gone, and the event is late. From here on `tx` acts for the user.
async fn act_for(tx: &mut PgConnection, user_id: &str) -> Result<Option<Uuid>, Failure> {
    let user_id = user_id.parse().map_err(|_| malformed("user id"))?;
    let is_present = departures::act_for_present(tx, user_id).await?;
    Ok(is_present.then_some(user_id))
}

/// The user and the account that an event is about; `None`: one of them is deleted, and the event is late. From here on `tx` acts
/// for the user, and nobody deletes the account until it ends.
async fn concerned(
    tx: &mut PgConnection,
    user_id: &str,
    account_id: &str,
) -> Result<Option<(Uuid, Uuid)>, Failure> {
    let Some(user_id) = act_for(&mut *tx, user_id).await? else { return Ok(None) };
    let account_id = account_id.parse().map_err(|_| malformed("account id"))?;
    db::accounts::hold(&mut *tx, user_id, account_id).await?;
    let deleted = db::accounts::is_deleted(tx, user_id, account_id).await?;
    Ok((!deleted).then_some((user_id, account_id)))
}

/// Each of a list as `read` makes it; one that is malformed spoils the event.
fn all<T, R, E>(
    told: Vec<T>,
    read: impl Fn(T) -> Result<R, E>,
    what: &'static str,
) -> Result<Vec<R>, Failure> {
    let list: Result<Vec<R>, E> = told.into_iter().map(read).collect();
    list.map_err(|_| malformed(what))
}

/// An event that no retry can make right.
fn malformed(what: &'static str) -> Failure {
    Failure::Reject(anyhow::anyhow!("the event's {what} is malformed"))
}
