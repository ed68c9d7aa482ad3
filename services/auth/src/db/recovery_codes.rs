//! The table `recovery_codes`.

use crate::domain::recovery_code::RecoveryCode;
use identity::UserId;
use sqlx::{PgConnection, PgExecutor};

/// Voids the user's codes and stores these.
pub(crate) async fn replace(
    tx: &mut PgConnection,
    user_id: UserId,
    codes: &[RecoveryCode],
) -> sqlx::Result<()> {
    remove(&mut *tx, user_id).await?;
    let hashes: Vec<Vec<u8>> = codes.iter().map(|code| code.hash(user_id).to_vec()).collect();
    sqlx::query("INSERT INTO recovery_codes (user_id, code_hash) SELECT $1, unnest($2::bytea[])")
        .bind(user_id.0)
        .bind(hashes)
        .execute(tx)
        .await?;
    Ok(())
}

/// Uses a code, once ever: of any number of callers one succeeds.
pub(crate) async fn redeem(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    code_hash: &[u8; 32],
) -> sqlx::Result<bool> {
    let redeemed = sqlx::query(
        "UPDATE recovery_codes SET used_at = now() WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL",
    )
    .bind(user_id.0)
    .bind(code_hash)
    .execute(db)
    .await?;
    Ok(redeemed.rows_affected() == 1)
}

/// How many have not been used.
pub(crate) async fn left(db: impl PgExecutor<'_>, user_id: UserId) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL")
        .bind(user_id.0)
        .fetch_one(db)
        .await
}

/// Voids the user's codes.
pub(crate) async fn remove(db: impl PgExecutor<'_>, user_id: UserId) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM recovery_codes WHERE user_id = $1").bind(user_id.0).execute(db).await?;
    Ok(())
}
