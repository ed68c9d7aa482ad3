//! Queues a mail about a user's account, as auth asks for it.

use crate::{domain::subject, mail::Mail};
use events::{Consumer, Failure};
use journal_proto::auth::v1::AccountMailRequested;
use sqlx::PgConnection;

pub(super) struct QueueAccountMail {
    pub mail: Mail,
}

impl Consumer for QueueAccountMail {
    const QUEUE: &'static str = "notifications.queue-account-mail";
    type Event = AccountMailRequested;

    async fn handle(&self, event: AccountMailRequested, tx: &mut PgConnection) -> Result<(), Failure> {
        let Some(user) = subject::present(&mut *tx, &event.user_id).await? else { return Ok(()) };
        let mail_id = subject::id("mail_id", &event.mail_id)?;
        let is_known = self.mail.enqueue_about_account(tx, user, mail_id, &event).await?;
        if is_known { Ok(()) } else { Err(Failure::Reject(anyhow::anyhow!("there is no such kind of mail"))) }
    }
}
