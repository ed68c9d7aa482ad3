//! Forgets an account with all its trades, deposits and withdrawals.

use super::{act_for, malformed};
use crate::db;
use events::{Consumer, Failure};
use journal_proto::trades::v1::AccountDeleted;
use sqlx::PgConnection;

pub(crate) struct DropAccount;

impl Consumer for DropAccount {
    const QUEUE: &'static str = "analytics.drop-account";
    type Event = AccountDeleted;

    async fn handle(&self, event: AccountDeleted, tx: &mut PgConnection) -> Result<(), Failure> {
        let Some(user_id) = act_for(&mut *tx, &event.user_id).await? else { return Ok(()) };
        let account_id = event.account_id.parse().map_err(|_| malformed("account id"))?;
        // What is being written of the account is there before it is deleted, and nothing is written afterwards.
        db::accounts::hold_alone(&mut *tx, user_id, account_id).await?;
        db::accounts::delete(&mut *tx, user_id, account_id).await?;
        db::cash_flows::delete_of_account(&mut *tx, user_id, account_id).await?;
        db::trades::delete_of_account(tx, user_id, account_id).await?;
        Ok(())
    }
}
