//! The table `regroupings`: what the owner merged and split.

mod applying;
mod keeping;
mod places;
mod row;

pub use applying::{count, delete, insert, of_account, settle};
pub use keeping::{Kept, all_kept, keep, kept};
pub use places::places;

use self::row::{Row, columns};
use crate::domain::{
    ids::{AccountId, RegroupingId, TradeId},
    page::Place,
    regrouping::Regrouping,
};
use identity::UserId;
use sqlx::{PgExecutor, Postgres, QueryBuilder};
use std::collections::HashMap;
use uuid::Uuid;

/// One merge or split.
pub async fn find(
    db: impl PgExecutor<'_>,
    user: UserId,
    id: RegroupingId,
) -> sqlx::Result<Option<Regrouping>> {
    let row: Option<Row> =
        sqlx::query_as(concat!("SELECT ", columns!(), " FROM regroupings WHERE user_id = $1 AND id = $2"))
            .bind(user.0)
            .bind(id.0)
            .fetch_optional(db)
            .await?;
    row.map(Regrouping::try_from).transpose()
}

/// A page of merges and splits, newest first, after `place`.
pub async fn list(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: Option<AccountId>,
    place: Option<Place>,
    limit: usize,
) -> sqlx::Result<Vec<Regrouping>> {
    let start = concat!("SELECT ", columns!(), " FROM regroupings WHERE user_id = ");
    let mut query = QueryBuilder::<Postgres>::new(start);
    query.push_bind(user.0);
    if let Some(account) = account {
        query.push(" AND account_id = ").push_bind(account.0);
    }
    if let Some(place) = place {
        query.push(" AND (created_at, id) < (").push_bind(place.at).push(", ").push_bind(place.id).push(")");
    }
    query.push(" ORDER BY created_at DESC, id DESC LIMIT ");
    query.push_bind(i64::try_from(limit).unwrap_or(i64::MAX));
    let rows: Vec<Row> = query.build_query_as().fetch_all(db).await?;
    rows.into_iter().map(Regrouping::try_from).collect()
}

/// The trades that merges and splits make, in the order in which they opened.
pub async fn trades_of(
    db: impl PgExecutor<'_>,
    user: UserId,
    regroupings: &[RegroupingId],
) -> sqlx::Result<HashMap<RegroupingId, Vec<TradeId>>> {
    let ids: Vec<Uuid> = regroupings.iter().map(|id| id.0).collect();
    let rows: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "SELECT regrouping_id, id FROM trades WHERE user_id = $1 AND regrouping_id = ANY($2)
         ORDER BY opened_at, closed_at, id",
    )
    .bind(user.0)
    .bind(ids)
    .fetch_all(db)
    .await?;
    let mut trades: HashMap<RegroupingId, Vec<TradeId>> = HashMap::new();
    for (regrouping, trade) in rows {
        trades.entry(RegroupingId(regrouping)).or_default().push(TradeId(trade));
    }
    Ok(trades)
}
