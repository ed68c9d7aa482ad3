//! Users who are gone for good: all that a service has of them is deleted at once, and what is told of them later changes nothing.

use runtime::postgres;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use uuid::Uuid;

/// Puts `tx` in the name of a user. False when the user is gone: then a late event is to be left alone. Nobody deletes the user until `tx`
/// ends.
pub async fn act_for_present(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<bool> {
    postgres::act_for(&mut *tx, user).await?;
    // In a statement of its own: the next one sees what was committed while this one waited.
    sqlx::query("SELECT pg_advisory_xact_lock_shared(hashtextextended('departure ' || $1::text, 0))")
        .bind(user)
        .execute(&mut *tx)
        .await?;
    sqlx::query_scalar("SELECT NOT EXISTS (SELECT FROM departures WHERE id = $1)")
        .bind(user)
        .fetch_one(tx)
        .await
}

/// Deletes every row of every table with a column `user_id`, and remembers that the user is gone. Tables named in `but` are left to the
/// caller.
pub async fn depart(tx: &mut PgConnection, user: Uuid, but: &[&str]) -> sqlx::Result<()> {
    sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended('departure ' || $1::text, 0))")
        .bind(user)
        .execute(&mut *tx)
        .await?;
    sqlx::query("INSERT INTO departures (id) VALUES ($1) ON CONFLICT DO NOTHING")
        .bind(user)
        .execute(&mut *tx)
        .await?;
    postgres::act_for(&mut *tx, user).await?;
    // Of a million rows each has those that belong to it.
    sqlx::query("SET LOCAL statement_timeout = '10min'").execute(&mut *tx).await?;
    let mut left = tables(&mut *tx, but).await?;
    // A table that others refer to has its turn once their rows are gone.
    while !left.is_empty() {
        let mut refused = Vec::new();
        let before = left.len();
        let mut cause = None;
        for table in left {
            match empty(&mut *tx, &table, user).await {
                Ok(()) => {}
                Err(error) if is_referred_to(&error) => {
                    refused.push(table);
                    cause = Some(error);
                }
                Err(error) => return Err(error),
            }
        }
        if let Some(error) = cause.filter(|_| refused.len() == before) {
            return Err(error);
        }
        left = refused;
    }
    Ok(())
}

async fn tables(tx: &mut PgConnection, but: &[&str]) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "SELECT quote_ident(relname) FROM pg_class
         WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace
           AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'user_id' AND NOT attisdropped)
           AND relname <> ALL ($1)
         ORDER BY relname",
    )
    .bind(but)
    .fetch_all(tx)
    .await
}

/// Within a savepoint: a refusal leaves the transaction as it was.
async fn empty(tx: &mut PgConnection, table: &str, user: Uuid) -> sqlx::Result<()> {
    let mut savepoint = tx.begin().await?;
    // The name comes from the catalogue, quoted.
    sqlx::query(AssertSqlSafe(format!("DELETE FROM {table} WHERE user_id = $1")))
        .bind(user)
        .execute(&mut *savepoint)
        .await?;
    savepoint.commit().await
}

fn is_referred_to(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_foreign_key_violation)
}
