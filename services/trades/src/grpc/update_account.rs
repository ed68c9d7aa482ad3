//! Changes an account's name, broker, time zone or opening balance.

use super::{App, parse};
use crate::{
    db,
    domain::account::{self, AccountChange},
    error::{Error, Result},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, AccountChanged, UpdateAccountRequest};

pub(super) async fn update_account(
    app: &App,
    user: UserId,
    request: UpdateAccountRequest,
) -> Result<proto::Account> {
    let id = parse::id("account_id", &request.account_id)?;
    let change = AccountChange {
        name: request.name.as_deref().map(account::name).transpose()?,
        broker: request.broker.as_deref().map(account::broker).transpose()?,
        time_zone: request.time_zone.as_deref().map(account::time_zone).transpose()?,
        opening_balance: request.opening_balance.as_deref().map(account::opening_balance).transpose()?,
    };
    let mut tx = app.pool.begin().await?;
    let Some(mut account) = db::accounts::lock(&mut tx, user, id).await? else {
        return Err(Error::NotFound("account"));
    };
    if !change.apply(&mut account) {
        return Ok(wire::account(account));
    }
    account.version += 1;
    db::accounts::update(&mut *tx, user, &account).await?;
    let answer = wire::account(account);
    let event = AccountChanged { user_id: user.to_string(), account: Some(answer.clone()) };
    events::outbox::append(&mut tx, &event).await?;
    tx.commit().await?;
    Ok(answer)
}
