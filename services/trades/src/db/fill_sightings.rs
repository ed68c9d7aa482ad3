//! The table `fill_sightings`: further imports that brought a known fill.

use crate::db::exact::Exact;
use crate::domain::{
    event::EventKey,
    fill::Book,
    ids::{FillId, ImportId},
};
use identity::UserId;
use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

/// A fill that an import brought again.
#[derive(Clone, Copy, Debug)]
pub struct Sighting {
    /// The fill.
    pub fill: FillId,
    /// Its line in the file.
    pub line: i64,
    /// Its order in the file among fills of the same time.
    pub sequence: i64,
}

/// Notes that `import` brought fills again that other imports had brought before, each of `sightings` another fill. A fill
/// that stands twice in the file is noted once, with the least of its orders.
pub async fn insert(
    db: impl PgExecutor<'_>,
    user: UserId,
    import: ImportId,
    sightings: &[Sighting],
) -> sqlx::Result<()> {
    let fills: Vec<Uuid> = sightings.iter().map(|sighting| sighting.fill.0).collect();
    let lines: Vec<i64> = sightings.iter().map(|sighting| sighting.line).collect();
    let sequences: Vec<i64> = sightings.iter().map(|sighting| sighting.sequence).collect();
    sqlx::query(
        "INSERT INTO fill_sightings (user_id, fill_id, import_id, line, sequence)
         SELECT $1, fill_id, $2, line, sequence
         FROM UNNEST($3::uuid[], $4::bigint[], $5::bigint[]) AS batch (fill_id, line, sequence)
         ON CONFLICT (user_id, fill_id, import_id) DO UPDATE
         SET sequence = least(fill_sightings.sequence, excluded.sequence)",
    )
    .bind(user.0)
    .bind(import.0)
    .bind(fills)
    .bind(lines)
    .bind(sequences)
    .execute(db)
    .await?;
    Ok(())
}

/// Notes that fills stand again in the file of their own import.
pub async fn repeat(db: impl PgExecutor<'_>, user: UserId, sightings: &[Sighting]) -> sqlx::Result<()> {
    let fills: Vec<Uuid> = sightings.iter().map(|sighting| sighting.fill.0).collect();
    let sequences: Vec<i64> = sightings.iter().map(|sighting| sighting.sequence).collect();
    sqlx::query(
        "UPDATE fills SET own_sequence = least(own_sequence, batch.sequence)
         FROM UNNEST($2::uuid[], $3::bigint[]) AS batch (fill_id, sequence)
         WHERE fills.user_id = $1 AND fills.id = batch.fill_id",
    )
    .bind(user.0)
    .bind(fills)
    .bind(sequences)
    .execute(db)
    .await?;
    Ok(())
}

/// The fills that an import brought, first or again.
pub async fn brought_by(
    db: impl PgExecutor<'_>,
    user: UserId,
    import: ImportId,
) -> sqlx::Result<Vec<FillId>> {
    let ids: Vec<Uuid> = sqlx::query_scalar(
        "SELECT id FROM fills WHERE user_id = $1 AND import_id = $2
         UNION ALL SELECT fill_id FROM fill_sightings WHERE user_id = $1 AND import_id = $2",
    )
    .bind(user.0)
    .bind(import.0)
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(FillId).collect())
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

#[derive(sqlx::FromRow)]
struct MovedRow {
    symbol: String,
    currency: String,
    multiplier: Exact,
    executed_at: OffsetDateTime,
    first_sequence: i64,
    execution_id: String,
}

/// Gives fills the least of the orders that the files which brought them tell: so it does not matter which came first.
/// Tells where books changed by that.
pub async fn settle_order(
    db: impl PgExecutor<'_>,
    user: UserId,
    fills: &[FillId],
) -> sqlx::Result<Vec<(Book, EventKey)>> {
    let fills: Vec<Uuid> = fills.iter().map(|fill| fill.0).collect();
    let rows: Vec<MovedRow> = sqlx::query_as(
        "UPDATE fills SET sequence = told.least_sequence
         FROM (SELECT fill.id, fill.sequence AS before,
                      least(coalesce(fill.own_sequence, fill.sequence), min(sighting.sequence)) AS least_sequence
               FROM fills AS fill
               LEFT JOIN fill_sightings AS sighting
                    ON sighting.user_id = fill.user_id AND sighting.fill_id = fill.id
               WHERE fill.user_id = $1 AND fill.id = ANY($2)
               GROUP BY fill.id, fill.sequence, fill.own_sequence) AS told
         WHERE fills.user_id = $1 AND fills.id = told.id AND fills.sequence <> told.least_sequence
         RETURNING symbol, currency, multiplier::text, executed_at,
                   least(told.before, told.least_sequence) AS first_sequence, execution_id",
    )
    .bind(user.0)
    .bind(fills)
    .fetch_all(db)
    .await?;
    let moved = rows.into_iter().map(|row| {
        let key = EventKey {
            at: row.executed_at,
            rank: EventKey::FILL_RANK,
            sequence: row.first_sequence,
            id: row.execution_id,
        };
        (Book { symbol: row.symbol, currency: row.currency, multiplier: row.multiplier.0 }, key)
    });
    Ok(moved.collect())
}
