//! Enters a fill by hand: one that no file has, or the opening lot of a position that was transferred in.

use super::{App, parse};
use crate::{
    db,
    domain::{
        account::{self, Account},
        amounts,
        fill::{Book, Fill},
        ids::{AccountId, FillId},
        instant,
        invalid::Invalid,
        text,
    },
    error::{Error, Result},
    progress::Progress,
    rebuild::{Cause, Touched, rebuild},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, CreateFillRequest};
use ledger::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn create_fill(
    app: &App,
    tx: &mut PgConnection,
    user: UserId,
    request: CreateFillRequest,
) -> Result<proto::Fill> {
    let id: AccountId = parse::id("account_id", &request.account_id)?;
    let Some(account) = db::accounts::lock(&mut *tx, user, id).await? else {
        return Err(Error::NotFound("account"));
    };
    let fill = parse_fill(&request, &account)?;
    let new = db::fills::insert_new(&mut *tx, user, id, None, std::slice::from_ref(&fill)).await?;
    if new.is_empty() {
        return Err(Error::ExecutionKnown);
    }
    let mut touched = Touched::default();
    touched.book(&fill.book, fill.key());
    let cause = Cause { user, account: &account, import: None, now: app.clock.now() };
    rebuild(&mut *tx, cause, touched, &Progress::default()).await?;
    Ok(wire::fill(fill))
}

fn parse_fill(request: &CreateFillRequest, account: &Account) -> Result<Fill, Invalid> {
    let id = Uuid::now_v7();
    let kind = kind(&request.kind)?;
    let execution_id = if request.execution_id.is_empty() {
        format!("{kind}:{id}")
    } else {
        text::required_line("execution_id", &request.execution_id, 200)?
    };
    let executed_at = parse::optional_time("executed_at", request.executed_at)?
        .ok_or_else(|| Invalid::new("executed_at", "is required"))?;
    let multiplier = &request.multiplier;
    Ok(Fill {
        id: FillId(id),
        account_id: account.id,
        import_id: None,
        line: 0,
        book: Book {
            symbol: amounts::symbol(&request.symbol)?,
            currency: currency(&request.currency, account)?,
            multiplier: if multiplier.is_empty() {
                Decimal::ONE
            } else {
                amounts::positive("multiplier", multiplier)?
            },
        },
        asset_class: amounts::asset_class(&request.asset_class)?,
        execution_id,
        reference: None,
        voided: false,
        executed_at: instant::stored(executed_at),
        sequence: 0,
        side: amounts::side(&request.side)?,
        quantity: amounts::positive("quantity", &request.quantity)?,
        price: amounts::decimal("price", &request.price)?,
        commission: amounts::decimal_or_zero("commission", &request.commission)?,
        fees: amounts::decimal_or_zero("fees", &request.fees)?,
        time_text: String::new(),
        time_source: kind.to_owned(),
    })
}

fn currency(text: &str, account: &Account) -> Result<String, Invalid> {
    if text.is_empty() { Ok(account.currency.clone()) } else { account::currency(text) }
}

/// What stands as the source of the fill's time.
fn kind(name: &str) -> Result<&'static str, Invalid> {
    match name {
        "" | "fill" => Ok("manual"),
        "opening" => Ok("opening"),
        _ => Err(Invalid::new("kind", "must be fill or opening")),
    }
}
