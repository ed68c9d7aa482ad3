//! The table `journal_templates`.

use crate::domain::{ids::TemplateId, named::Named, template::Template};
use identity::UserId;
use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    name: String,
    body: String,
    created_at: OffsetDateTime,
    version: i64,
}

impl From<Row> for Template {
    fn from(row: Row) -> Self {
        let Row { id, name, body, created_at, version } = row;
        Self { id: TemplateId(id), name, body, created_at, version }
    }
}

/// Stores a new template, unless its owner has as many as anybody may; tells whether it did. Its name may be taken:
/// constraint `journal_templates_name_taken`.
pub async fn insert(db: impl PgExecutor<'_>, user: UserId, template: &Template) -> sqlx::Result<bool> {
    let inserted = sqlx::query(
        "INSERT INTO journal_templates (user_id, id, name, body, created_at, version)
         SELECT $1, $2, $3, $4, $5, $6
         WHERE (SELECT count(*) FROM journal_templates WHERE user_id = $1) < $7",
    )
    .bind(user.0)
    .bind(template.id.0)
    .bind(&template.name)
    .bind(&template.body)
    .bind(template.created_at)
    .bind(template.version)
    .bind(Named::Template.most())
    .execute(db)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// All templates of a user, by name.
pub async fn list(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<Vec<Template>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, name, body, created_at, version FROM journal_templates WHERE user_id = $1 ORDER BY name, id",
    )
    .bind(user.0)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Template::from).collect())
}

/// One template.
pub async fn find(db: impl PgExecutor<'_>, user: UserId, id: TemplateId) -> sqlx::Result<Option<Template>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, name, body, created_at, version FROM journal_templates WHERE user_id = $1 AND id = $2",
    )
    .bind(user.0)
    .bind(id.0)
    .fetch_optional(db)
    .await?;
    Ok(row.map(Template::from))
}

/// One template, locked until the transaction ends.
pub async fn lock(db: impl PgExecutor<'_>, user: UserId, id: TemplateId) -> sqlx::Result<Option<Template>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, name, body, created_at, version FROM journal_templates
         WHERE user_id = $1 AND id = $2 FOR UPDATE",
    )
    .bind(user.0)
    .bind(id.0)
    .fetch_optional(db)
    .await?;
    Ok(row.map(Template::from))
}

/// Stores a template as it is now. The name may be taken, as in [`insert`].
pub async fn update(db: impl PgExecutor<'_>, user: UserId, template: &Template) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE journal_templates SET name = $3, body = $4, version = $5 WHERE user_id = $1 AND id = $2",
    )
    .bind(user.0)
    .bind(template.id.0)
    .bind(&template.name)
    .bind(&template.body)
    .bind(template.version)
    .execute(db)
    .await?;
    Ok(())
}

/// Deletes a template.
pub async fn delete(db: impl PgExecutor<'_>, user: UserId, id: TemplateId) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM journal_templates WHERE user_id = $1 AND id = $2")
        .bind(user.0)
        .bind(id.0)
        .execute(db)
        .await?;
    Ok(())
}
