//! Ids in events, which other services wrote: what is not an id is no event of ours.

use events::{Failure, departures};
use identity::UserId;
use sqlx::PgConnection;
use uuid::Uuid;

/// The id in the field `field`.
pub(crate) fn id(field: &'static str, text: &str) -> Result<Uuid, Failure> {
    text.parse().map_err(|_| Failure::Reject(anyhow::anyhow!("{field} is not an id")))
}

/// The user that an event is about; `None`: the user is gone, and the event is late. From here on `tx` acts for the user.
pub(crate) async fn present(tx: &mut PgConnection, text: &str) -> Result<Option<UserId>, Failure> {
    let user = user(text)?;
    Ok(departures::act_for_present(tx, user.0).await?.then_some(user))
}

/// The user that an event is about.
pub(crate) fn user(text: &str) -> Result<UserId, Failure> {
    id("user_id", text).map(UserId)
}

/// The id in an optional field, where empty means none.
pub(crate) fn optional_id(field: &'static str, text: &str) -> Result<Option<Uuid>, Failure> {
    if text.is_empty() { Ok(None) } else { id(field, text).map(Some) }
}
