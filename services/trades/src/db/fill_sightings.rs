//! The table `fill_sightings`: further imports that brought a known fill.

use crate::domain::ids::{FillId, ImportId};
use identity::UserId;
use sqlx::PgExecutor;
use uuid::Uuid;

/// Notes that `import` brought fills again that other imports had brought before, each with its line. A fill that
/// stands twice in the file is noted once.
pub async fn insert(
    db: impl PgExecutor<'_>,
    user: UserId,
    import: ImportId,
    sightings: &[(FillId, i64)],
) -> sqlx::Result<()> {
    let (fills, lines): (Vec<Uuid>, Vec<i64>) = sightings.iter().map(|(fill, line)| (fill.0, *line)).unzip();
    sqlx::query(
        "INSERT INTO fill_sightings (user_id, fill_id, import_id, line)
         SELECT $1, fill_id, $2, line FROM UNNEST($3::uuid[], $4::bigint[]) AS batch (fill_id, line)
         ON CONFLICT (user_id, fill_id, import_id) DO NOTHING",
    )
    .bind(user.0)
    .bind(import.0)
    .bind(fills)
    .bind(lines)
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets what an import brought again.
pub async fn delete_of_import(db: impl PgExecutor<'_>, user: UserId, import: ImportId) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM fill_sightings WHERE user_id = $1 AND import_id = $2")
        .bind(user.0)
        .bind(import.0)
        .execute(db)
        .await?;
    Ok(())
}
