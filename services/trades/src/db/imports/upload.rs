//! What was uploaded, and how it is to be read.

use super::row::count;
use crate::db::unreadable::unreadable;
use crate::domain::{
    ids::{AccountId, ImportId},
    import::ImportStatus,
    mapping::Layout,
};
use identity::UserId;
use sqlx::{PgExecutor, types::Json};
use time::OffsetDateTime;
use uuid::Uuid;

/// An uploaded file, and what its sender said about it.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The import's id.
    pub id: ImportId,
    /// The account that it goes into.
    pub account_id: AccountId,
    /// As the client named it: text, never a path.
    pub file_name: String,
    /// Where it stands in the object storage.
    pub object_key: String,
    /// Its size.
    pub bytes: u64,
    /// The hash of its bytes.
    pub sha256: [u8; 32],
    /// The format's id; `None`: recognised from the content.
    pub format: Option<String>,
    /// IANA name for times without a zone; `None`: the format's own default.
    pub time_zone: Option<String>,
    /// Which account of a file that holds several.
    pub source_account: Option<String>,
    /// The layout of a CSV of the user's own, as it was when the file was uploaded.
    pub layout: Option<Layout>,
    /// When it was uploaded.
    pub created_at: OffsetDateTime,
}

/// Queues an import.
pub async fn insert(db: impl PgExecutor<'_>, user: UserId, upload: &Upload) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO imports (user_id, id, account_id, file_name, object_key, file_bytes, file_sha256,
                              requested_format, time_zone, source_account, status, same_file_known, created_at,
                              layout)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'queued',
                 EXISTS (SELECT 1 FROM imports
                         WHERE user_id = $1 AND account_id = $3 AND file_sha256 = $7 AND status = 'completed'),
                 $11, $12)",
    )
    .bind(user.0)
    .bind(upload.id.0)
    .bind(upload.account_id.0)
    .bind(&upload.file_name)
    .bind(&upload.object_key)
    .bind(count(upload.bytes))
    .bind(upload.sha256.as_slice())
    .bind(upload.format.as_deref())
    .bind(upload.time_zone.as_deref())
    .bind(upload.source_account.as_deref())
    .bind(upload.created_at)
    .bind(upload.layout.as_ref().map(Json))
    .execute(db)
    .await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    account_id: Uuid,
    file_name: String,
    object_key: String,
    file_bytes: i64,
    file_sha256: Vec<u8>,
    requested_format: Option<String>,
    time_zone: Option<String>,
    source_account: Option<String>,
    layout: Option<Json<Layout>>,
    status: String,
    created_at: OffsetDateTime,
}

/// What was uploaded as an import, and how far that import is.
pub async fn upload(
    db: impl PgExecutor<'_>,
    user: UserId,
    id: ImportId,
) -> sqlx::Result<Option<(Upload, ImportStatus)>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT account_id, file_name, object_key, file_bytes, file_sha256, requested_format, time_zone,
                source_account, layout, status, created_at
         FROM imports WHERE user_id = $1 AND id = $2",
    )
    .bind(user.0)
    .bind(id.0)
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let status = ImportStatus::of_name(&row.status).ok_or_else(|| unreadable("status", &row.status))?;
    let upload = Upload {
        id,
        account_id: AccountId(row.account_id),
        file_name: row.file_name,
        object_key: row.object_key,
        bytes: u64::try_from(row.file_bytes).unwrap_or_default(),
        sha256: row.file_sha256.try_into().map_err(|_| unreadable("file_sha256", "another length"))?,
        format: row.requested_format,
        time_zone: row.time_zone,
        source_account: row.source_account,
        layout: row.layout.map(|layout| layout.0),
        created_at: row.created_at,
    };
    Ok(Some((upload, status)))
}

/// Where the files of all imports of an account stand.
pub async fn object_keys(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar("SELECT object_key FROM imports WHERE user_id = $1 AND account_id = $2")
        .bind(user.0)
        .bind(account.0)
        .fetch_all(db)
        .await
}
