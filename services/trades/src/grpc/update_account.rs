//! Changes an account's name, broker, time zone, session calendar, opening balance or method of matching.

use super::{App, parse};
use crate::{
    db,
    domain::{
        account::{self, AccountChange},
        invalid::Invalid,
        regrouping::Cut,
    },
    error::{Error, Result},
    progress::Progress,
    rebuild::{Cause, Touched, rebuild},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, AccountChanged, UpdateAccountRequest};
use ledger::Method;
use runtime::precondition::Precondition;
use sqlx::PgConnection;

pub(super) async fn update_account(
    app: &App,
    user: UserId,
    seen: &Precondition,
    request: UpdateAccountRequest,
) -> Result<proto::Account> {
    let id = parse::id("account_id", &request.account_id)?;
    let change = AccountChange {
        name: request.name.as_deref().map(account::name).transpose()?,
        broker: request.broker.as_deref().map(account::broker).transpose()?,
        time_zone: request.time_zone.as_deref().map(account::time_zone).transpose()?,
        opening_balance: request.opening_balance.as_deref().map(account::opening_balance).transpose()?,
        session_calendar: request.session_calendar.as_deref().map(account::session_calendar).transpose()?,
        matching: request.matching.as_deref().map(required_matching).transpose()?,
    };
    let mut tx = app.begin(user).await?;
    let Some(mut account) = db::accounts::lock(&mut tx, user, id).await? else {
        return Err(Error::NotFound("account"));
    };
    seen.check(account.version)?;
    let matched_before = account.matching;
    if !change.apply(&mut account) {
        return Ok(wire::account(account));
    }
    account.version += 1;
    db::accounts::update(&mut *tx, user, &account).await?;
    if account.matching != matched_before {
        match_again(&mut tx, Cause { user, account: &account, import: None, now: app.clock.now() }).await?;
    }
    let answer = wire::account(account);
    let event = AccountChanged { user_id: user.to_string(), account: Some(answer.clone()) };
    events::outbox::append(&mut tx, &event).await?;
    tx.commit().await?;
    Ok(answer)
}

fn required_matching(name: &str) -> Result<Method, Invalid> {
    if name.is_empty() {
        Err(Invalid::new("matching", "must be fifo, lifo or average"))
    } else {
        account::matching(name)
    }
}

/// Matches again what is open, and what is split along its legs. Other closed trades have the same totals under every
/// method, and their legs are matched whenever somebody looks at them.
async fn match_again(tx: &mut PgConnection, cause: Cause<'_>) -> Result<()> {
    let mut touched = Touched::default();
    for (book, opening) in db::trades::open(&mut *tx, cause.user, cause.account.id).await? {
        touched.book(&book, opening);
    }
    let regroupings = db::regroupings::of_account(&mut *tx, cause.user, cause.account.id).await?;
    for split in regroupings.iter().filter(|one| matches!(one.cut, Cut::Split(_))) {
        touched.regrouping(&mut *tx, cause.user, split).await?;
    }
    rebuild(tx, cause, touched, &Progress::default()).await?;
    Ok(())
}
