//! The table `revisions`: which revisions of an account are applied whole.

use sqlx::PgConnection;
use uuid::Uuid;

/// One applied message of a revision.
pub(crate) struct Part {
    pub user_id: Uuid,
    pub account_id: Uuid,
    pub revision: i64,
    /// Changed trades, or deposits and withdrawals, in this message.
    pub applied: usize,
    pub is_last: bool,
}

/// Counts a part. True when it completed the revision of `total` changes; the count is then forgotten.
pub(crate) async fn complete(tx: &mut PgConnection, part: &Part, total: u64) -> sqlx::Result<bool> {
    let (part_applied, total) = (whole(part.applied), i64::try_from(total).unwrap_or(i64::MAX));
    let (applied, last_seen): (i64, bool) = sqlx::query_as(
        "INSERT INTO revisions (user_id, account_id, revision, applied, last_seen) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (user_id, account_id, revision) DO UPDATE
         SET applied = revisions.applied + excluded.applied, last_seen = revisions.last_seen OR excluded.last_seen
         RETURNING applied, last_seen",
    )
    .bind(part.user_id)
    .bind(part.account_id)
    .bind(part.revision)
    .bind(part_applied)
    .bind(part.is_last)
    .fetch_one(&mut *tx)
    .await?;
    if !last_seen || applied < total {
        return Ok(false);
    }
    sqlx::query("DELETE FROM revisions WHERE user_id = $1 AND account_id = $2 AND revision = $3")
        .bind(part.user_id)
        .bind(part.account_id)
        .bind(part.revision)
        .execute(tx)
        .await?;
    Ok(true)
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
