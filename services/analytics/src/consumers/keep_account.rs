//! Keeps what statistics need of an account.

use super::{act_for, malformed};
use crate::{db, domain::Account};
use events::{Consumer, Failure};
use journal_proto::trades::v1::AccountChanged;
use sqlx::PgConnection;

pub(crate) struct KeepAccount;

impl Consumer for KeepAccount {
    const QUEUE: &'static str = "analytics.keep-account";
    type Event = AccountChanged;

    async fn handle(&self, event: AccountChanged, tx: &mut PgConnection) -> Result<(), Failure> {
        let Some(user_id) = act_for(&mut *tx, &event.user_id).await? else { return Ok(()) };
        let account = event.account.ok_or_else(|| malformed("account"))?;
        let account = Account::parse(account).map_err(|_| malformed("account"))?;
        db::accounts::keep(tx, user_id, &account).await?;
        Ok(())
    }
}
