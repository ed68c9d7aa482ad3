//! Creates an account.

use super::App;
use crate::{
    db,
    domain::{
        account::{self, Account},
        ids::AccountId,
        instant,
    },
    error::Result,
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, AccountChanged, CreateAccountRequest};
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn create_account(
    app: &App,
    tx: &mut PgConnection,
    user: UserId,
    request: CreateAccountRequest,
) -> Result<proto::Account> {
    let account = Account {
        id: AccountId(Uuid::now_v7()),
        name: account::name(&request.name)?,
        broker: account::broker(&request.broker)?,
        currency: account::currency(&request.currency)?,
        time_zone: account::time_zone(&request.time_zone)?,
        matching: account::matching(&request.matching)?,
        session_calendar: account::session_calendar(&request.session_calendar)?,
        opening_balance: account::opening_balance(&request.opening_balance)?,
        created_at: instant::stored(app.clock.now()),
        version: 1,
        revision: 0,
    };
    db::accounts::insert(&mut *tx, user, &account).await?;
    let answer = wire::account(account);
    let event = AccountChanged { user_id: user.to_string(), account: Some(answer.clone()) };
    events::outbox::append(&mut *tx, &event).await?;
    Ok(answer)
}
