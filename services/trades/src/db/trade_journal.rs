//! The table `trade_journal`: notes and tags, which outlive the trades they are about.

use crate::domain::{
    ids::{AccountId, TradeId},
    journal::Journal,
};
use identity::UserId;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

/// Changes what is written about a trade; tells whether there is such a trade. `None` leaves as is. The version grows
/// only when something changes.
pub async fn write(
    db: &mut PgConnection,
    user: UserId,
    trade: TradeId,
    notes: Option<&str>,
    tags: Option<&[String]>,
) -> sqlx::Result<bool> {
    // The row is locked, so that a rebuild which removes the trade comes before or after, and finds the entry to move.
    let account: Option<Uuid> =
        sqlx::query_scalar("SELECT account_id FROM trades WHERE user_id = $1 AND id = $2 FOR KEY SHARE")
            .bind(user.0)
            .bind(trade.0)
            .fetch_optional(&mut *db)
            .await?;
    let Some(account) = account else { return Ok(false) };
    sqlx::query(
        "INSERT INTO trade_journal AS stored (user_id, trade_id, account_id, notes, tags, version)
         VALUES ($1, $2, $3, coalesce($4, ''), coalesce($5, '{}'), 1)
         ON CONFLICT (user_id, trade_id) DO UPDATE
         SET notes = coalesce($4, stored.notes), tags = coalesce($5, stored.tags), version = stored.version + 1
         WHERE (coalesce($4, stored.notes), coalesce($5, stored.tags)) IS DISTINCT FROM (stored.notes, stored.tags)",
    )
    .bind(user.0)
    .bind(trade.0)
    .bind(account)
    .bind(notes)
    .bind(tags)
    .execute(&mut *db)
    .await?;
    Ok(true)
}

#[derive(sqlx::FromRow)]
struct Row {
    trade_id: Uuid,
    notes: String,
    tags: Vec<String>,
    version: i64,
}

/// What is written about the given trades, whether they exist or not, locked until the transaction ends.
pub async fn lock(
    db: impl PgExecutor<'_>,
    user: UserId,
    trades: &[TradeId],
) -> sqlx::Result<Vec<(TradeId, Journal)>> {
    let trades: Vec<Uuid> = trades.iter().map(|trade| trade.0).collect();
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT trade_id, notes, tags, version FROM trade_journal
         WHERE user_id = $1 AND trade_id = ANY($2) FOR UPDATE",
    )
    .bind(user.0)
    .bind(trades)
    .fetch_all(db)
    .await?;
    let entries = rows.into_iter().map(|row| {
        (TradeId(row.trade_id), Journal { notes: row.notes, tags: row.tags, version: row.version })
    });
    Ok(entries.collect())
}

/// Puts `entry` in the place of whatever is written about a trade.
pub async fn replace(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    trade: TradeId,
    entry: &Journal,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO trade_journal (user_id, trade_id, account_id, notes, tags, version)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (user_id, trade_id) DO UPDATE
         SET notes = excluded.notes, tags = excluded.tags, version = excluded.version",
    )
    .bind(user.0)
    .bind(trade.0)
    .bind(account.0)
    .bind(&entry.notes)
    .bind(&entry.tags)
    .bind(entry.version)
    .execute(db)
    .await?;
    Ok(())
}

/// Removes what is written about a trade.
pub async fn delete(db: impl PgExecutor<'_>, user: UserId, trade: TradeId) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM trade_journal WHERE user_id = $1 AND trade_id = $2")
        .bind(user.0)
        .bind(trade.0)
        .execute(db)
        .await?;
    Ok(())
}
