//! The table `trades`: writing projections.

mod row;
mod writing;

pub(crate) use writing::{keep_journal, upsert};

use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

/// Leaves tombstones for trades that exist no more as of `revision`.
pub(crate) async fn bury(
    db: impl PgExecutor<'_>,
    user_id: Uuid,
    account_id: Uuid,
    ids: &[Uuid],
    revision: i64,
) -> sqlx::Result<()> {
    let mut sorted = ids.to_vec();
    sorted.sort_unstable();
    sqlx::query(
        "INSERT INTO trades (user_id, id, account_id, version, removed)
         SELECT $1, id, $2, $4, true FROM UNNEST($3::uuid[]) AS gone (id)
         ON CONFLICT (user_id, id) DO UPDATE SET version = excluded.version, removed = true
         WHERE trades.version <= excluded.version",
    )
    .bind(user_id)
    .bind(account_id)
    .bind(sorted)
    .bind(revision)
    .execute(db)
    .await?;
    Ok(())
}

/// Deletes every trade of an account (whose tombstone then keeps late ones away).
pub(crate) async fn delete_of_account(
    db: impl PgExecutor<'_>,
    user_id: Uuid,
    account_id: Uuid,
) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM trades WHERE user_id = $1 AND account_id = $2")
        .bind(user_id)
        .bind(account_id)
        .execute(db)
        .await?;
    Ok(())
}

/// Buries the trades of an account that are not in `kept` and not newer than `revision`. For a rebuild.
pub(crate) async fn bury_others(
    tx: &mut PgConnection,
    user_id: Uuid,
    account_id: Uuid,
    kept: &[Uuid],
    revision: i64,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE trades SET removed = true, version = $4
         WHERE user_id = $1 AND account_id = $2 AND version <= $4 AND NOT removed AND NOT (id = ANY($3))",
    )
    .bind(user_id)
    .bind(account_id)
    .bind(kept)
    .bind(revision)
    .execute(tx)
    .await?;
    Ok(())
}
