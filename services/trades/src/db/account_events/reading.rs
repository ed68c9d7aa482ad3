//! Events as their owner sees them.

use super::row::{Row, columns};
use crate::domain::{
    event::AccountEvent,
    ids::{AccountId, ImportId},
    page::Place,
};
use identity::UserId;
use sqlx::{PgExecutor, Postgres, QueryBuilder};
use time::OffsetDateTime;

/// Which cash a list shows; `None` means any.
#[derive(Clone, Debug, Default)]
pub struct CashFilter {
    /// Such as `dividend` or `deposit`.
    pub what: Option<String>,
    /// Of positions in this symbol.
    pub symbol: Option<String>,
    /// Brought by this import.
    pub import_id: Option<ImportId>,
    /// Booked then or later.
    pub from: Option<OffsetDateTime>,
    /// Booked before.
    pub to: Option<OffsetDateTime>,
}

/// Those of the given broker's ids that an account has.
pub async fn known(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    event_ids: &[&str],
) -> sqlx::Result<Vec<AccountEvent>> {
    let rows: Vec<Row> = sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        " FROM account_events WHERE user_id = $1 AND account_id = $2 AND event_id = ANY($3)"
    ))
    .bind(user.0)
    .bind(account.0)
    .bind(event_ids)
    .fetch_all(db)
    .await?;
    rows.into_iter().map(AccountEvent::try_from).collect()
}

/// A page of an account's cash, newest first, after `place`.
pub async fn list_cash(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    filter: &CashFilter,
    place: Option<Place>,
    limit: usize,
) -> sqlx::Result<Vec<AccountEvent>> {
    let start = concat!("SELECT ", columns!(), " FROM account_events WHERE kind = 'cash' AND user_id = ");
    let mut query = QueryBuilder::<Postgres>::new(start);
    query.push_bind(user.0).push(" AND account_id = ").push_bind(account.0);
    if let Some(what) = &filter.what {
        query.push(" AND what = ").push_bind(what);
    }
    if let Some(symbol) = &filter.symbol {
        query.push(" AND symbol = ").push_bind(symbol);
    }
    if let Some(import) = filter.import_id {
        query.push(" AND import_id = ").push_bind(import.0);
    }
    if let Some(from) = filter.from {
        query.push(" AND occurred_at >= ").push_bind(from);
    }
    if let Some(to) = filter.to {
        query.push(" AND occurred_at < ").push_bind(to);
    }
    if let Some(place) = place {
        query.push(" AND (occurred_at, id) < (").push_bind(place.at).push(", ").push_bind(place.id).push(")");
    }
    query.push(" ORDER BY occurred_at DESC, id DESC LIMIT ");
    query.push_bind(i64::try_from(limit).unwrap_or(i64::MAX));
    let rows: Vec<Row> = query.build_query_as().fetch_all(db).await?;
    rows.into_iter().map(AccountEvent::try_from).collect()
}
