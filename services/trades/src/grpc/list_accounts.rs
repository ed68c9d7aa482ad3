//! Lists the caller's accounts.

use super::App;
use crate::{db, error::Result, wire};
use identity::UserId;
use journal_proto::trades::v1::ListAccountsResponse;

pub(super) async fn list_accounts(app: &App, user: UserId) -> Result<ListAccountsResponse> {
    let accounts = db::accounts::list(&mut *app.snapshot(user).await?, user).await?;
    Ok(ListAccountsResponse { accounts: accounts.into_iter().map(wire::account).collect() })
}
