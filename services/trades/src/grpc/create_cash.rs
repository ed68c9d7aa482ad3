//! Enters cash by hand, and rebuilds the trade that it belongs to.

use super::{App, parse};
use crate::{
    db,
    domain::{
        account::{self, Account},
        amounts,
        event::{AccountEvent, EventKind},
        ids::{AccountId, EventId},
        instant, text,
    },
    error::{Error, Result},
    progress::Progress,
    rebuild::{Cause, Touched, rebuild},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{CashEntry, CreateCashRequest};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

pub(super) async fn create_cash(
    app: &App,
    tx: &mut PgConnection,
    user: UserId,
    request: CreateCashRequest,
) -> Result<CashEntry> {
    let id: AccountId = parse::id("account_id", &request.account_id)?;
    let now = app.clock.now();
    let Some(account) = db::accounts::lock(&mut *tx, user, id).await? else {
        return Err(Error::NotFound("account"));
    };
    let event = parse_entry(&request, &account, now)?;
    db::account_events::insert_new(&mut *tx, user, id, None, std::slice::from_ref(&event)).await?;
    let mut touched = Touched::default();
    if let Some(symbol) = &event.symbol {
        touched.symbol(symbol, event.key());
    }
    let cause = Cause { user, account: &account, import: None, now };
    rebuild(&mut *tx, cause, touched, &Progress::default()).await?;
    Ok(wire::cash(event))
}

fn parse_entry(request: &CreateCashRequest, account: &Account, now: OffsetDateTime) -> Result<AccountEvent> {
    let id = Uuid::now_v7();
    let currency = if request.currency.is_empty() {
        account.currency.clone()
    } else {
        account::currency(&request.currency)?
    };
    let symbol = if request.symbol.is_empty() { None } else { Some(amounts::symbol(&request.symbol)?) };
    Ok(AccountEvent {
        id: EventId(id),
        account_id: account.id,
        event_id: format!("manual:{id}"),
        import_id: None,
        line: 0,
        kind: EventKind::Cash { amount: amounts::decimal("amount", &request.amount)? },
        what: amounts::cash_kind(&request.kind)?,
        symbol,
        currency: Some(currency),
        note: text::line("note", &request.note, 500)?,
        occurred_at: instant::stored(parse::optional_time("booked_at", request.booked_at)?.unwrap_or(now)),
        sequence: 0,
        time_text: String::new(),
        time_source: "manual".to_owned(),
    })
}
