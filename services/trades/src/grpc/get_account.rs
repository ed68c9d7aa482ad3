//! Shows one account.

use super::{App, parse};
use crate::{
    db,
    error::{Error, Result},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, GetAccountRequest};

pub(super) async fn get_account(
    app: &App,
    user: UserId,
    request: GetAccountRequest,
) -> Result<proto::Account> {
    let id = parse::id("account_id", &request.account_id)?;
    let account = db::accounts::find(&mut *app.snapshot(user).await?, user, id).await?;
    account.map(wire::account).ok_or(Error::NotFound("account"))
}
