//! A trade as the product answers it, and as it stands in the table.

use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(FromRow, Serialize)]
pub(crate) struct Trade {
    id: Uuid,
    account_id: Uuid,
    symbol: String,
    #[sqlx(flatten)]
    instrument: Instrument,
    side: String,
    status: String,
    quantity: String,
    peak_quantity: String,
    entry_quantity: String,
    exit_quantity: String,
    average_entry: String,
    average_exit: Option<String>,
    #[serde(with = "time::serde::rfc3339")]
    opened_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339::option")]
    closed_at: Option<OffsetDateTime>,
    gross_pnl: String,
    net_pnl: String,
    commissions: String,
    fees: String,
    other: String,
    currency: String,
    planned_stop: Option<String>,
    planned_target: Option<String>,
    risk: Option<String>,
    // What this table does not have is answered all the same, so that pages are of one size.
    #[sqlx(skip)]
    r_multiple: Option<String>,
    #[sqlx(skip)]
    mae: Option<String>,
    #[sqlx(skip)]
    mfe: Option<String>,
    #[sqlx(skip)]
    low_price: Option<String>,
    #[sqlx(skip)]
    high_price: Option<String>,
    #[sqlx(skip)]
    excursion_source: Option<String>,
    fill_count: i64,
    #[sqlx(skip)]
    regrouping_id: Option<Uuid>,
    tags: Vec<String>,
    mistakes: Vec<String>,
    rating: Option<i16>,
    playbook_id: Option<Uuid>,
    #[sqlx(skip)]
    followed_rules: Vec<Uuid>,
    #[sqlx(skip)]
    custom: serde_json::Map<String, serde_json::Value>,
    notes: String,
    version: i64,
    journal_version: i64,
}

#[derive(FromRow, Serialize)]
struct Instrument {
    symbol: String,
    asset_class: String,
    currency: String,
    multiplier: String,
}

#[derive(Serialize)]
pub(crate) struct Page {
    items: Vec<Trade>,
    next_cursor: Option<Uuid>,
}

/// What a new trade says of itself.
#[derive(Deserialize)]
pub(crate) struct NewTrade {
    account_id: Uuid,
    symbol: String,
    side: String,
    quantity: String,
    entry: String,
    exit: String,
    net_pnl: String,
    #[serde(with = "time::serde::rfc3339")]
    opened_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    closed_at: OffsetDateTime,
}

macro_rules! columns {
    () => {
        "id, account_id, symbol, currency, multiplier::text, asset_class, side, \
         CASE WHEN closed_at IS NULL THEN 'open' ELSE 'closed' END AS status, quantity::text, peak_quantity::text, \
         entry_quantity::text, exit_quantity::text, average_entry::text, average_exit::text, opened_at, closed_at, \
         gross_pnl::text, net_pnl::text, commissions::text, fees::text, other::text, planned_stop::text, \
         planned_target::text, risk::text, fill_count, tags, mistakes, rating, playbook_id, notes, version, journal_version"
    };
}

/// The newest trades of a user.
pub(crate) async fn list(pool: &PgPool, user: Uuid, limit: i64) -> sqlx::Result<Page> {
    let mut items: Vec<Trade> = sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        " FROM peer.trades WHERE user_id = $1 ORDER BY closed_at DESC, id DESC LIMIT $2"
    ))
    .bind(user)
    .bind(limit + 1)
    .fetch_all(pool)
    .await?;
    let wanted = usize::try_from(limit).unwrap_or_default();
    let more = items.len() > wanted;
    items.truncate(wanted);
    let next_cursor = items.last().filter(|_| more).map(|last| last.id);
    Ok(Page { items, next_cursor })
}

/// One trade of a user.
pub(crate) async fn find(pool: &PgPool, user: Uuid, id: Uuid) -> sqlx::Result<Option<Trade>> {
    sqlx::query_as(concat!("SELECT ", columns!(), " FROM peer.trades WHERE id = $1 AND user_id = $2"))
        .bind(id)
        .bind(user)
        .fetch_optional(pool)
        .await
}

/// Stores a trade that somebody has typed in.
pub(crate) async fn insert(pool: &PgPool, user: Uuid, new: &NewTrade) -> sqlx::Result<Trade> {
    sqlx::query_as(concat!(
        "INSERT INTO peer.trades (user_id, id, account_id, symbol, currency, multiplier, asset_class, side, quantity, peak_quantity, \
                                  entry_quantity, exit_quantity, average_entry, average_exit, opened_at, closed_at, gross_pnl, \
                                  net_pnl, commissions, fees, other, fill_count, tags, mistakes, notes, version, journal_version) \
         VALUES ($1, $2, $3, $4, 'USD', 1, 'stock', $5, 0, $6::text::numeric, $6::text::numeric, $6::text::numeric, \
                 $7::text::numeric, $8::text::numeric, $9, $10, $11::text::numeric, $11::text::numeric, 0, 0, 0, 2, '{}', '{}', '', \
                 1, 0) \
         RETURNING ",
        columns!()
    ))
    .bind(user)
    .bind(Uuid::now_v7())
    .bind(new.account_id)
    .bind(&new.symbol)
    .bind(&new.side)
    .bind(&new.quantity)
    .bind(&new.entry)
    .bind(&new.exit)
    .bind(new.opened_at)
    .bind(new.closed_at)
    .bind(&new.net_pnl)
    .fetch_one(pool)
    .await
}
