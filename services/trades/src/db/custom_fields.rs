//! The table `custom_fields`.

use super::unreadable::unreadable;
use crate::domain::{
    custom_field::{CustomField, Kind},
    ids::CustomFieldId,
    named::Named,
};
use identity::UserId;
use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    name: String,
    kind: String,
    choices: Vec<String>,
    created_at: OffsetDateTime,
    version: i64,
}

impl TryFrom<Row> for CustomField {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> sqlx::Result<Self> {
        let Row { id, name, kind, choices, created_at, version } = row;
        let kind = Kind::parse(&kind).ok_or_else(|| unreadable("kind", kind))?;
        Ok(Self { id: CustomFieldId(id), name, kind, choices, created_at, version })
    }
}

/// Stores a new field, unless its owner has as many as anybody may; tells whether it did. Its name may be taken: constraint
/// `custom_fields_name_taken`.
pub async fn insert(db: impl PgExecutor<'_>, user: UserId, field: &CustomField) -> sqlx::Result<bool> {
    let inserted = sqlx::query(
        "INSERT INTO custom_fields (user_id, id, name, kind, choices, created_at, version)
         SELECT $1, $2, $3, $4, $5, $6, $7 WHERE (SELECT count(*) FROM custom_fields WHERE user_id = $1) < $8",
    )
    .bind(user.0)
    .bind(field.id.0)
    .bind(&field.name)
    .bind(field.kind.name())
    .bind(&field.choices)
    .bind(field.created_at)
    .bind(field.version)
    .bind(Named::CustomField.most())
    .execute(db)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// All fields of a user, by name.
pub async fn list(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<Vec<CustomField>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, name, kind, choices, created_at, version FROM custom_fields WHERE user_id = $1 ORDER BY name, id",
    )
    .bind(user.0)
    .fetch_all(db)
    .await?;
    rows.into_iter().map(CustomField::try_from).collect()
}

/// One field.
pub async fn find(
    db: impl PgExecutor<'_>,
    user: UserId,
    id: CustomFieldId,
) -> sqlx::Result<Option<CustomField>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, name, kind, choices, created_at, version FROM custom_fields WHERE user_id = $1 AND id = $2",
    )
    .bind(user.0)
    .bind(id.0)
    .fetch_optional(db)
    .await?;
    row.map(CustomField::try_from).transpose()
}

/// One field, locked until the transaction ends.
pub async fn lock(
    db: impl PgExecutor<'_>,
    user: UserId,
    id: CustomFieldId,
) -> sqlx::Result<Option<CustomField>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, name, kind, choices, created_at, version FROM custom_fields
         WHERE user_id = $1 AND id = $2 FOR UPDATE",
    )
    .bind(user.0)
    .bind(id.0)
    .fetch_optional(db)
    .await?;
    row.map(CustomField::try_from).transpose()
}

/// Those of the given fields that there are, as nobody changes them until the transaction ends.
pub async fn hold(
    db: impl PgExecutor<'_>,
    user: UserId,
    ids: &[CustomFieldId],
) -> sqlx::Result<Vec<CustomField>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, name, kind, choices, created_at, version FROM custom_fields
         WHERE user_id = $1 AND id = ANY($2) ORDER BY id FOR SHARE",
    )
    .bind(user.0)
    .bind(ids)
    .fetch_all(db)
    .await?;
    rows.into_iter().map(CustomField::try_from).collect()
}

/// Stores a field as it is now. The name may be taken, as in [`insert`].
pub async fn update(db: impl PgExecutor<'_>, user: UserId, field: &CustomField) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE custom_fields SET name = $3, choices = $4, version = $5 WHERE user_id = $1 AND id = $2",
    )
    .bind(user.0)
    .bind(field.id.0)
    .bind(&field.name)
    .bind(&field.choices)
    .bind(field.version)
    .execute(db)
    .await?;
    Ok(())
}

/// Deletes a field.
pub async fn delete(db: impl PgExecutor<'_>, user: UserId, id: CustomFieldId) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM custom_fields WHERE user_id = $1 AND id = $2")
        .bind(user.0)
        .bind(id.0)
        .execute(db)
        .await?;
    Ok(())
}
