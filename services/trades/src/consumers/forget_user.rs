//! Deletes everything of a user who is gone for good.

use crate::files::Files;
use anyhow::Context as _;
use events::{Consumer, Failure, departures};
use identity::UserId;
use journal_proto::auth::v1::UserDeleted;
use sqlx::PgConnection;

/// Rows and files.
pub struct ForgetUser {
    /// The uploaded files.
    pub files: Files,
}

impl Consumer for ForgetUser {
    const QUEUE: &'static str = "trades.forget-user";
    type Event = UserDeleted;

    async fn handle(&self, event: UserDeleted, tx: &mut PgConnection) -> Result<(), Failure> {
        let user = event.user_id.parse().context("user_id is not a UUID").map_err(Failure::Reject)?;
        departures::depart(tx, user, &[]).await?;
        // Last, and again when that fails: no row is left that could need one.
        let removed = self.files.remove_all(UserId(user)).await;
        removed.map_err(|error| Failure::Retry(error.into()))
    }
}
