//! The table `strategy_groups`: trades that the owner made one option strategy of.

use crate::domain::{
    ids::{AccountId, GroupId, TradeId},
    strategies::Group,
};
use identity::UserId;
use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    account_id: Uuid,
    trade_ids: Vec<Uuid>,
    created_at: OffsetDateTime,
}

impl From<Row> for Group {
    fn from(row: Row) -> Self {
        Self {
            id: GroupId(row.id),
            account_id: AccountId(row.account_id),
            trades: row.trade_ids.into_iter().map(TradeId).collect(),
            created_at: row.created_at,
        }
    }
}

/// Stores a new group.
pub async fn insert(db: impl PgExecutor<'_>, user: UserId, group: &Group) -> sqlx::Result<()> {
    let trades: Vec<Uuid> = group.trades.iter().map(|trade| trade.0).collect();
    sqlx::query(
        "INSERT INTO strategy_groups (user_id, id, account_id, trade_ids, created_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(user.0)
    .bind(group.id.0)
    .bind(group.account_id.0)
    .bind(trades)
    .bind(group.created_at)
    .execute(db)
    .await?;
    Ok(())
}

/// All groups of an account, in the order in which they were made.
pub async fn of_account(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
) -> sqlx::Result<Vec<Group>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, account_id, trade_ids, created_at FROM strategy_groups
         WHERE user_id = $1 AND account_id = $2 ORDER BY created_at, id",
    )
    .bind(user.0)
    .bind(account.0)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Group::from).collect())
}

/// Deletes a group; tells whether it was there.
pub async fn delete(db: impl PgExecutor<'_>, user: UserId, id: GroupId) -> sqlx::Result<bool> {
    let deleted = sqlx::query("DELETE FROM strategy_groups WHERE user_id = $1 AND id = $2")
        .bind(user.0)
        .bind(id.0)
        .execute(db)
        .await?;
    Ok(deleted.rows_affected() == 1)
}
