//! The table `import_mappings`.

use crate::domain::{
    ids::MappingId,
    mapping::{Layout, Mapping},
};
use identity::UserId;
use sqlx::{PgExecutor, types::Json};
use time::OffsetDateTime;
use uuid::Uuid;

/// The most that one user has.
pub const MOST: i64 = 100;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    name: String,
    layout: Json<Layout>,
    created_at: OffsetDateTime,
    version: i64,
}

impl From<Row> for Mapping {
    fn from(row: Row) -> Self {
        Self {
            id: MappingId(row.id),
            name: row.name,
            layout: row.layout.0,
            created_at: row.created_at,
            version: row.version,
        }
    }
}

/// Stores a new mapping, unless its owner has [`MOST`] already; tells whether it did. Its name may be taken: constraint
/// `import_mappings_name_taken`.
pub async fn insert(db: impl PgExecutor<'_>, user: UserId, mapping: &Mapping) -> sqlx::Result<bool> {
    let inserted = sqlx::query(
        "INSERT INTO import_mappings (user_id, id, name, layout, created_at, version)
         SELECT $1, $2, $3, $4, $5, $6
         WHERE (SELECT count(*) FROM import_mappings WHERE user_id = $1) < $7",
    )
    .bind(user.0)
    .bind(mapping.id.0)
    .bind(&mapping.name)
    .bind(Json(&mapping.layout))
    .bind(mapping.created_at)
    .bind(mapping.version)
    .bind(MOST)
    .execute(db)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// All mappings of a user, by name.
pub async fn list(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<Vec<Mapping>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, name, layout, created_at, version FROM import_mappings WHERE user_id = $1 ORDER BY name, id",
    )
    .bind(user.0)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Mapping::from).collect())
}

/// One mapping.
pub async fn find(db: impl PgExecutor<'_>, user: UserId, id: MappingId) -> sqlx::Result<Option<Mapping>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, name, layout, created_at, version FROM import_mappings WHERE user_id = $1 AND id = $2",
    )
    .bind(user.0)
    .bind(id.0)
    .fetch_optional(db)
    .await?;
    Ok(row.map(Mapping::from))
}

/// One mapping, locked until the transaction ends.
pub async fn lock(db: impl PgExecutor<'_>, user: UserId, id: MappingId) -> sqlx::Result<Option<Mapping>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, name, layout, created_at, version FROM import_mappings WHERE user_id = $1 AND id = $2 FOR UPDATE",
    )
    .bind(user.0)
    .bind(id.0)
    .fetch_optional(db)
    .await?;
    Ok(row.map(Mapping::from))
}

/// States a mapping anew, and gives it; the version grows only when something changes. The name may be taken, as in
/// [`insert`].
pub async fn replace(
    db: impl PgExecutor<'_>,
    user: UserId,
    id: MappingId,
    name: &str,
    layout: &Layout,
) -> sqlx::Result<Option<Mapping>> {
    let row: Option<Row> = sqlx::query_as(
        "UPDATE import_mappings
         SET version = version + ((name, layout) IS DISTINCT FROM ($3, $4))::integer, name = $3, layout = $4
         WHERE user_id = $1 AND id = $2
         RETURNING id, name, layout, created_at, version",
    )
    .bind(user.0)
    .bind(id.0)
    .bind(name)
    .bind(Json(layout))
    .fetch_optional(db)
    .await?;
    Ok(row.map(Mapping::from))
}

/// Deletes a mapping; tells whether it was there. Imports that were read with it keep its layout.
pub async fn delete(db: impl PgExecutor<'_>, user: UserId, id: MappingId) -> sqlx::Result<bool> {
    let deleted = sqlx::query("DELETE FROM import_mappings WHERE user_id = $1 AND id = $2")
        .bind(user.0)
        .bind(id.0)
        .execute(db)
        .await?;
    Ok(deleted.rows_affected() == 1)
}
