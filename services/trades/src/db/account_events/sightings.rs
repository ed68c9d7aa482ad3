//! The table `account_event_sightings`: further imports that brought a known event.

use crate::domain::ids::{EventId, ImportId};
use identity::UserId;
use sqlx::PgExecutor;
use uuid::Uuid;

/// Notes that `import` brought events again that other imports had brought before, each with its line.
pub async fn see(
    db: impl PgExecutor<'_>,
    user: UserId,
    import: ImportId,
    sightings: &[(EventId, i64)],
) -> sqlx::Result<()> {
    let (events, lines): (Vec<Uuid>, Vec<i64>) =
        sightings.iter().map(|(event, line)| (event.0, *line)).unzip();
    sqlx::query(
        "INSERT INTO account_event_sightings (user_id, event_id, import_id, line)
         SELECT $1, event_id, $2, line FROM UNNEST($3::uuid[], $4::bigint[]) AS batch (event_id, line)
         ON CONFLICT (user_id, event_id, import_id) DO NOTHING",
    )
    .bind(user.0)
    .bind(import.0)
    .bind(events)
    .bind(lines)
    .execute(db)
    .await?;
    Ok(())
}

/// Gives the events of an import that further completed imports brought to the earliest of these, and forgets what the
/// import brought again.
pub async fn hand_over(db: impl PgExecutor<'_>, user: UserId, import: ImportId) -> sqlx::Result<()> {
    sqlx::query(
        "WITH heirs AS (
             SELECT DISTINCT ON (sighting.event_id) sighting.event_id, sighting.import_id, sighting.line
             FROM account_event_sightings AS sighting
             JOIN account_events AS event ON event.user_id = sighting.user_id AND event.id = sighting.event_id
             JOIN imports ON imports.user_id = sighting.user_id AND imports.id = sighting.import_id
             WHERE sighting.user_id = $1 AND event.import_id = $2 AND imports.status = 'completed'
             ORDER BY sighting.event_id, sighting.import_id
         ), spent AS (
             DELETE FROM account_event_sightings AS sighting USING heirs
             WHERE sighting.user_id = $1 AND sighting.event_id = heirs.event_id
               AND sighting.import_id = heirs.import_id
         ), forgotten AS (
             DELETE FROM account_event_sightings WHERE user_id = $1 AND import_id = $2
         )
         UPDATE account_events AS event SET import_id = heirs.import_id, line = heirs.line
         FROM heirs WHERE event.user_id = $1 AND event.id = heirs.event_id",
    )
    .bind(user.0)
    .bind(import.0)
    .execute(db)
    .await?;
    Ok(())
}
