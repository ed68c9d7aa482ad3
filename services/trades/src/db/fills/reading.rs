//! Fills as their owner sees them.

use super::row::{Row, columns};
use crate::db::exact::Exact;
use crate::domain::{
    fill::{self, Fill},
    ids::{AccountId, FillId, ImportId},
    page::Place,
};
use identity::UserId;
use ledger::{Decimal, Side};
use sqlx::{PgExecutor, Postgres, QueryBuilder};
use std::collections::HashMap;
use time::OffsetDateTime;

/// Which fills a list shows; `None` means any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FillFilter {
    /// Of this account.
    pub account_id: Option<AccountId>,
    /// In this symbol.
    pub symbol: Option<String>,
    /// That belong to this import.
    pub import_id: Option<ImportId>,
    /// Traded then or later.
    pub from: Option<OffsetDateTime>,
    /// Traded before.
    pub to: Option<OffsetDateTime>,
}

/// One fill.
pub async fn find(db: impl PgExecutor<'_>, user: UserId, id: FillId) -> sqlx::Result<Option<Fill>> {
    let row: Option<Row> =
        sqlx::query_as(concat!("SELECT ", columns!(), " FROM fills WHERE user_id = $1 AND id = $2"))
            .bind(user.0)
            .bind(id.0)
            .fetch_optional(db)
            .await?;
    row.map(Fill::try_from).transpose()
}

/// Those of the given executions that an account has.
pub async fn known(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    execution_ids: &[&str],
) -> sqlx::Result<Vec<Fill>> {
    let rows: Vec<Row> = sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        " FROM fills WHERE user_id = $1 AND account_id = $2 AND execution_id = ANY($3)"
    ))
    .bind(user.0)
    .bind(account.0)
    .bind(execution_ids)
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Fill::try_from).collect()
}

/// The fills of an account that have one of the given names as execution id, or as the reference by which later rows of
/// the broker mean them.
pub async fn named(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    names: &[&str],
) -> sqlx::Result<Vec<Fill>> {
    let rows: Vec<Row> = sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        " FROM fills WHERE user_id = $1 AND account_id = $2 AND (execution_id = ANY($3) OR reference = ANY($3))
          ORDER BY execution_id"
    ))
    .bind(user.0)
    .bind(account.0)
    .bind(names)
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Fill::try_from).collect()
}

/// A page of fills, newest first, after `place`.
pub async fn list(
    db: impl PgExecutor<'_>,
    user: UserId,
    filter: &FillFilter,
    place: Option<Place>,
    limit: usize,
) -> sqlx::Result<Vec<Fill>> {
    let start = concat!("SELECT ", columns!(), " FROM fills WHERE user_id = ");
    let mut query = QueryBuilder::<Postgres>::new(start);
    query.push_bind(user.0);
    if let Some(account) = filter.account_id {
        query.push(" AND account_id = ").push_bind(account.0);
    }
    if let Some(symbol) = &filter.symbol {
        query.push(" AND symbol = ").push_bind(symbol);
    }
    if let Some(import) = filter.import_id {
        query.push(" AND import_id = ").push_bind(import.0);
    }
    if let Some(from) = filter.from {
        query.push(" AND executed_at >= ").push_bind(from);
    }
    if let Some(to) = filter.to {
        query.push(" AND executed_at < ").push_bind(to);
    }
    if let Some(place) = place {
        query.push(" AND (executed_at, id) < (").push_bind(place.at).push(", ").push_bind(place.id).push(")");
    }
    // In the text: of a bound limit a generic plan assumes a tenth of all rows.
    query.push(" ORDER BY executed_at DESC, id DESC LIMIT ").push(limit);
    let rows: Vec<Row> = query.build_query_as().fetch_all(db).await?;
    rows.into_iter().map(Fill::try_from).collect()
}

/// The positions of an account in some symbols after all fills up to `last`; above 0 long. Symbols without fills are left
/// out.
pub async fn positions_at(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    symbols: &[&str],
    last: OffsetDateTime,
) -> sqlx::Result<HashMap<String, Decimal>> {
    let rows: Vec<(String, Exact)> = sqlx::query_as(
        "SELECT symbol, sum(CASE side WHEN 'buy' THEN quantity ELSE -quantity END)::text
         FROM fills
         WHERE user_id = $1 AND account_id = $2 AND symbol = ANY($3) AND executed_at <= $4 AND NOT voided
         GROUP BY symbol",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(symbols)
    .bind(last)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|(symbol, position)| (symbol, position.0)).collect())
}

/// What is looked for among the fills of an account.
#[derive(Clone, Copy, Debug)]
pub struct Sought<'a> {
    /// In this symbol.
    pub symbol: &'a str,
    /// Bought or sold.
    pub side: Side,
    /// At this price.
    pub price: Decimal,
    /// Then or later.
    pub from: OffsetDateTime,
    /// Then or before.
    pub to: OffsetDateTime,
}

/// How much of it was traded.
pub async fn traded(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    sought: &Sought<'_>,
) -> sqlx::Result<Decimal> {
    let sum: Exact = sqlx::query_scalar(
        "SELECT coalesce(sum(quantity), 0)::text FROM fills
         WHERE user_id = $1 AND account_id = $2 AND symbol = $3 AND side = $4 AND price = $5::text::numeric
           AND executed_at BETWEEN $6 AND $7 AND NOT voided",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(sought.symbol)
    .bind(fill::side_name(sought.side))
    .bind(sought.price.to_string())
    .bind(sought.from)
    .bind(sought.to)
    .fetch_one(db)
    .await?;
    Ok(sum.0)
}

/// Units that one unit of a symbol stands for, when all its fills agree on that.
pub async fn multiplier_of(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    symbol: &str,
) -> sqlx::Result<Option<Decimal>> {
    let multiplier: Option<Exact> = sqlx::query_scalar(
        "SELECT min(multiplier)::text FROM fills
         WHERE user_id = $1 AND account_id = $2 AND symbol = $3 HAVING min(multiplier) = max(multiplier)",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(symbol)
    .fetch_optional(db)
    .await?;
    Ok(multiplier.map(|exact| exact.0))
}
