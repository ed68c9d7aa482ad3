//! Keeps the address of whoever registers, for mails to come.

use crate::{db, domain::subject};
use events::{Consumer, Failure};
use journal_proto::auth::v1::UserRegistered;
use sqlx::PgConnection;

pub(super) struct KeepRecipient;

impl Consumer for KeepRecipient {
    const QUEUE: &'static str = "notifications.keep-recipient";
    type Event = UserRegistered;

    async fn handle(&self, event: UserRegistered, tx: &mut PgConnection) -> Result<(), Failure> {
        let Some(user) = subject::present(&mut *tx, &event.user_id).await? else { return Ok(()) };
        db::recipients::insert(tx, user, &event.email, &event.display_name).await?;
        Ok(())
    }
}
