//! Merges and splits as a rebuild takes and leaves them.

use super::row::{Row, columns};
use crate::domain::{
    ids::{AccountId, RegroupingId},
    regrouping::{Cut, Regrouping, Void, along_name, fault_name},
};
use identity::UserId;
use sqlx::PgExecutor;

/// Stores a new one.
pub async fn insert(db: impl PgExecutor<'_>, user: UserId, regrouping: &Regrouping) -> sqlx::Result<()> {
    let (along, begins): (Option<&str>, &[String]) = match &regrouping.cut {
        Cut::Merge(_) => (None, &[]),
        Cut::Split(split) => (Some(along_name(split.along)), &split.begins),
    };
    sqlx::query(
        "INSERT INTO regroupings (user_id, id, account_id, kind, openings, along, begins, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(user.0)
    .bind(regrouping.id.0)
    .bind(regrouping.account_id.0)
    .bind(regrouping.cut.name())
    .bind(regrouping.cut.openings())
    .bind(along)
    .bind(begins)
    .bind(regrouping.created_at)
    .execute(db)
    .await?;
    Ok(())
}

/// All of an account, in the order in which they were made.
pub async fn of_account(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
) -> sqlx::Result<Vec<Regrouping>> {
    let rows: Vec<Row> = sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        " FROM regroupings WHERE user_id = $1 AND account_id = $2 ORDER BY created_at, id"
    ))
    .bind(user.0)
    .bind(account.0)
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Regrouping::try_from).collect()
}

/// How many there are of an account.
pub async fn count(db: impl PgExecutor<'_>, user: UserId, account: AccountId) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM regroupings WHERE user_id = $1 AND account_id = $2")
        .bind(user.0)
        .bind(account.0)
        .fetch_one(db)
        .await
}

/// Says why one is not applied, or that it is.
pub async fn settle(
    db: impl PgExecutor<'_>,
    user: UserId,
    id: RegroupingId,
    void: Option<&Void>,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE regroupings SET void_fault = $3, void_execution = $4 WHERE user_id = $1 AND id = $2")
        .bind(user.0)
        .bind(id.0)
        .bind(void.map(|void| fault_name(void.fault)))
        .bind(void.map(|void| void.execution_id.as_str()))
        .execute(db)
        .await?;
    Ok(())
}

/// Removes one.
pub async fn delete(db: impl PgExecutor<'_>, user: UserId, id: RegroupingId) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM regroupings WHERE user_id = $1 AND id = $2")
        .bind(user.0)
        .bind(id.0)
        .execute(db)
        .await?;
    Ok(())
}
