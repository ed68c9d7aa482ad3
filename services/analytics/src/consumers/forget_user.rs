//! Deletes everything of a user who is gone for good.

use anyhow::Context as _;
use events::{Consumer, Failure, departures};
use journal_proto::auth::v1::UserDeleted;
use sqlx::PgConnection;

pub(crate) struct ForgetUser;

impl Consumer for ForgetUser {
    const QUEUE: &'static str = "analytics.forget-user";
    type Event = UserDeleted;

    async fn handle(&self, event: UserDeleted, tx: &mut PgConnection) -> Result<(), Failure> {
        let user = event.user_id.parse().context("user_id is not a UUID").map_err(Failure::Reject)?;
        departures::depart(tx, user, &[]).await?;
        Ok(())
    }
}
