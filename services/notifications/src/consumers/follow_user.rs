//! Follows the name and the address of a user.

use crate::{db, domain::subject};
use events::{Consumer, Failure, departures};
use journal_proto::auth::v1::UserChanged;
use sqlx::PgConnection;

pub(super) struct FollowUser;

impl Consumer for FollowUser {
    const QUEUE: &'static str = "notifications.follow-user";
    type Event = UserChanged;

    async fn handle(&self, event: UserChanged, tx: &mut PgConnection) -> Result<(), Failure> {
        let user = subject::user(&event.user_id)?;
        if departures::act_for_present(&mut *tx, user.0).await? {
            db::recipients::update(tx, user, &event.email, &event.display_name, event.version).await?;
        }
        Ok(())
    }
}
