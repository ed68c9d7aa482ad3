//! The table `fill_records`: what was said about fills more than once.

use super::unreadable::unreadable;
use crate::domain::{
    fill_record::{FillContent, FillRecord, RecordKind},
    ids::{AccountId, FillId, ImportId},
};
use identity::UserId;
use sqlx::{PgExecutor, types::Json};
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    account_id: Uuid,
    kind: String,
    record_id: String,
    refers_to: String,
    import_id: Option<Uuid>,
    line: i64,
    made_at: OffsetDateTime,
    sequence: i64,
    content: Json<FillContent>,
    reason: String,
}

impl TryFrom<Row> for FillRecord {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> sqlx::Result<Self> {
        Ok(Self {
            account_id: AccountId(row.account_id),
            kind: RecordKind::of_name(&row.kind).ok_or_else(|| unreadable("kind", &row.kind))?,
            record_id: row.record_id,
            refers_to: row.refers_to,
            import_id: row.import_id.map(ImportId),
            line: row.line,
            made_at: row.made_at,
            sequence: row.sequence,
            content: row.content.0,
            reason: row.reason,
        })
    }
}

/// Keeps records.
pub async fn insert(
    db: impl PgExecutor<'_>,
    user: UserId,
    records: &[FillRecord],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let column = |of: fn(&FillRecord) -> String| records.iter().map(of).collect::<Vec<String>>();
    let ids: Vec<Uuid> = records.iter().map(|_| Uuid::now_v7()).collect();
    sqlx::query(
        "INSERT INTO fill_records (user_id, created_at, id, account_id, kind, record_id, refers_to, import_id, line,
                                   made_at, sequence, content, reason)
         SELECT $1, $2, batch.* FROM UNNEST($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::uuid[],
                                            $9::bigint[], $10::timestamptz[], $11::bigint[], $12::jsonb[], $13::text[])
              AS batch",
    )
    .bind(user.0)
    .bind(now)
    .bind(ids)
    .bind(records.iter().map(|record| record.account_id.0).collect::<Vec<Uuid>>())
    .bind(column(|record| record.kind.name().to_owned()))
    .bind(column(|record| record.record_id.clone()))
    .bind(column(|record| record.refers_to.clone()))
    .bind(records.iter().map(|record| record.import_id.map(|import| import.0)).collect::<Vec<Option<Uuid>>>())
    .bind(records.iter().map(|record| record.line).collect::<Vec<i64>>())
    .bind(records.iter().map(|record| record.made_at).collect::<Vec<OffsetDateTime>>())
    .bind(records.iter().map(|record| record.sequence).collect::<Vec<i64>>())
    .bind(records.iter().map(|record| Json(&record.content)).collect::<Vec<Json<&FillContent>>>())
    .bind(column(|record| record.reason.clone()))
    .execute(db)
    .await?;
    Ok(())
}

/// All that is said about the fills with these execution ids or references.
pub async fn about(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    names: &[&str],
) -> sqlx::Result<Vec<FillRecord>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT account_id, kind, record_id, refers_to, import_id, line, made_at, sequence, content, reason
         FROM fill_records WHERE user_id = $1 AND account_id = $2 AND refers_to = ANY($3)
         ORDER BY id",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(names)
    .fetch_all(db)
    .await?;
    rows.into_iter().map(FillRecord::try_from).collect()
}

/// How many of these corrections and busts were brought before.
pub async fn known(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    records: &[FillRecord],
) -> sqlx::Result<u64> {
    let ids: Vec<&str> = records.iter().map(|record| record.record_id.as_str()).collect();
    let targets: Vec<&str> = records.iter().map(|record| record.refers_to.as_str()).collect();
    let known: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM UNNEST($3::text[], $4::text[]) AS told (record_id, refers_to)
         WHERE EXISTS (SELECT 1 FROM fill_records AS record
                       WHERE record.user_id = $1 AND record.account_id = $2
                         AND record.refers_to = told.refers_to COLLATE \"C\"
                         AND record.record_id = told.record_id COLLATE \"C\" AND record.kind <> 'report')",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(ids)
    .bind(targets)
    .fetch_one(db)
    .await?;
    Ok(u64::try_from(known).unwrap_or_default())
}

/// Whom of these names anything is said about.
pub async fn named(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    names: &[&str],
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "SELECT DISTINCT refers_to FROM fill_records
         WHERE user_id = $1 AND account_id = $2 AND refers_to = ANY($3)",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(names)
    .fetch_all(db)
    .await
}

/// Forgets what an import said; gives the execution ids and references that it was about.
pub async fn delete_of_import(
    db: impl PgExecutor<'_>,
    user: UserId,
    import: ImportId,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar("DELETE FROM fill_records WHERE user_id = $1 AND import_id = $2 RETURNING refers_to")
        .bind(user.0)
        .bind(import.0)
        .fetch_all(db)
        .await
}

/// The imports that brought a fill, first or again, each with its line.
pub async fn sources(
    db: impl PgExecutor<'_>,
    user: UserId,
    fill: FillId,
) -> sqlx::Result<Vec<(ImportId, i64)>> {
    let rows: Vec<(Uuid, i64)> = sqlx::query_as(
        "SELECT import_id, line FROM fills WHERE user_id = $1 AND id = $2 AND import_id IS NOT NULL
         UNION ALL SELECT import_id, line FROM fill_sightings WHERE user_id = $1 AND fill_id = $2",
    )
    .bind(user.0)
    .bind(fill.0)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|(import, line)| (ImportId(import), line)).collect())
}
