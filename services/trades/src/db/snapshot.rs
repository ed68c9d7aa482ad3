//! Several reads of one moment.

use sqlx::{PgPool, Postgres, Transaction};

/// A transaction that only reads, and sees the database as it is now to its end.
pub async fn begin(pool: &PgPool) -> sqlx::Result<Transaction<'static, Postgres>> {
    pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await
}
