//! The table `attempts`: a sliding window of attempts for each subject, exact among all instances.

use sqlx::PgExecutor;
use time::OffsetDateTime;

/// How many attempts may be pending or failed within how many seconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    pub most: i32,
    pub seconds: i32,
}

/// A hash that stands for what is counted.
pub(crate) type Subject = [u8; 32];

/// Begins an attempt and tells its name; `None` when there are too many already. The row's lock lets one caller after the other decide.
pub(crate) async fn begin(
    db: impl PgExecutor<'_>,
    subject: &Subject,
    limit: Limit,
) -> sqlx::Result<Option<OffsetDateTime>> {
    sqlx::query_scalar(
        "INSERT INTO attempts AS held (subject, pending, newest) VALUES ($1, ARRAY[now()], now())
         ON CONFLICT (subject) DO UPDATE SET
             failed = ARRAY(SELECT at FROM unnest(held.failed) AS at
                            WHERE at > now() - make_interval(secs => $3) ORDER BY at),
             pending = ARRAY(SELECT at FROM unnest(held.pending) AS at
                             WHERE at > now() - make_interval(secs => $3) ORDER BY at)
                       || GREATEST(now(), held.newest + interval '1 microsecond'),
             newest = GREATEST(now(), held.newest + interval '1 microsecond')
         WHERE (SELECT count(*) FROM unnest(held.failed || held.pending) AS at
                WHERE at > now() - make_interval(secs => $3)) < $2
         RETURNING newest",
    )
    .bind(subject)
    .bind(limit.most)
    .bind(f64::from(limit.seconds))
    .fetch_optional(db)
    .await
}

/// In how many seconds another attempt may begin: when the oldest failure is forgotten, or at once when attempts are pending
/// that may yet succeed.
pub(crate) async fn seconds_to_wait(
    db: impl PgExecutor<'_>,
    subject: &Subject,
    limit: Limit,
) -> sqlx::Result<i32> {
    sqlx::query_scalar(
        "SELECT CASE WHEN count(*) < $2 THEN 1
                ELSE GREATEST(1, ceil(EXTRACT(EPOCH FROM min(at) + make_interval(secs => $3) - now())))::int END
         FROM attempts, unnest(failed) AS at
         WHERE subject = $1 AND at > now() - make_interval(secs => $3)",
    )
    .bind(subject)
    .bind(limit.most)
    .bind(f64::from(limit.seconds))
    .fetch_one(db)
    .await
}

/// The attempt failed: it counts until its window is over.
pub(crate) async fn fail(
    db: impl PgExecutor<'_>,
    subject: &Subject,
    attempt: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE attempts SET pending = array_remove(pending, $2), failed = failed || $2 WHERE subject = $1",
    )
    .bind(subject)
    .bind(attempt)
    .execute(db)
    .await?;
    Ok(())
}

/// The attempts succeeded, or were none: it is as if they had never begun. In the order of their subjects, in which everybody locks several.
pub(crate) async fn give_back(
    db: impl PgExecutor<'_>,
    subjects: &[Subject],
    attempts: &[OffsetDateTime],
) -> sqlx::Result<()> {
    sqlx::query(
        "WITH held AS (SELECT subject FROM attempts WHERE subject = ANY($1) ORDER BY subject FOR UPDATE)
         UPDATE attempts SET pending = array_remove(pending, begun.attempt)
         FROM held JOIN UNNEST($1::bytea[], $2::timestamptz[]) AS begun (subject, attempt) USING (subject)
         WHERE attempts.subject = held.subject",
    )
    .bind(subjects)
    .bind(attempts)
    .execute(db)
    .await?;
    Ok(())
}

/// Deletes up to `limit` subjects without an attempt for two hours, which is longer than any window; how many.
pub(crate) async fn delete_old(db: impl PgExecutor<'_>, limit: i64) -> sqlx::Result<u64> {
    let deleted = sqlx::query(
        "DELETE FROM attempts WHERE subject IN (
             SELECT subject FROM attempts WHERE newest < now() - interval '2 hours'
             LIMIT $1 FOR UPDATE SKIP LOCKED)",
    )
    .bind(limit)
    .execute(db)
    .await?;
    Ok(deleted.rows_affected())
}
