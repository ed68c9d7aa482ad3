//! The table `playbooks`.

use crate::domain::{
    ids::PlaybookId,
    named::Named,
    playbook::{Playbook, Rule},
};
use identity::UserId;
use sqlx::{PgExecutor, types::Json};
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    name: String,
    description: String,
    rules: Json<Vec<Rule>>,
    created_at: OffsetDateTime,
    version: i64,
}

impl From<Row> for Playbook {
    fn from(row: Row) -> Self {
        let Row { id, name, description, rules, created_at, version } = row;
        Self { id: PlaybookId(id), name, description, rules: rules.0, created_at, version }
    }
}

/// Stores a new playbook, unless its owner has as many as anybody may; tells whether it did. Its name may be taken:
/// constraint `playbooks_name_taken`.
pub async fn insert(db: impl PgExecutor<'_>, user: UserId, playbook: &Playbook) -> sqlx::Result<bool> {
    let inserted = sqlx::query(
        "INSERT INTO playbooks (user_id, id, name, description, rules, created_at, version)
         SELECT $1, $2, $3, $4, $5, $6, $7 WHERE (SELECT count(*) FROM playbooks WHERE user_id = $1) < $8",
    )
    .bind(user.0)
    .bind(playbook.id.0)
    .bind(&playbook.name)
    .bind(&playbook.description)
    .bind(Json(&playbook.rules))
    .bind(playbook.created_at)
    .bind(playbook.version)
    .bind(Named::Playbook.most())
    .execute(db)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// All playbooks of a user, by name.
pub async fn list(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<Vec<Playbook>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, name, description, rules, created_at, version FROM playbooks WHERE user_id = $1 ORDER BY name, id",
    )
    .bind(user.0)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Playbook::from).collect())
}

/// One playbook.
pub async fn find(db: impl PgExecutor<'_>, user: UserId, id: PlaybookId) -> sqlx::Result<Option<Playbook>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, name, description, rules, created_at, version FROM playbooks WHERE user_id = $1 AND id = $2",
    )
    .bind(user.0)
    .bind(id.0)
    .fetch_optional(db)
    .await?;
    Ok(row.map(Playbook::from))
}

/// One playbook, locked until the transaction ends.
pub async fn lock(db: impl PgExecutor<'_>, user: UserId, id: PlaybookId) -> sqlx::Result<Option<Playbook>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, name, description, rules, created_at, version FROM playbooks
         WHERE user_id = $1 AND id = $2 FOR UPDATE",
    )
    .bind(user.0)
    .bind(id.0)
    .fetch_optional(db)
    .await?;
    Ok(row.map(Playbook::from))
}

/// One playbook, as nobody changes it until the transaction ends.
pub async fn hold(db: impl PgExecutor<'_>, user: UserId, id: PlaybookId) -> sqlx::Result<Option<Playbook>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, name, description, rules, created_at, version FROM playbooks
         WHERE user_id = $1 AND id = $2 FOR SHARE",
    )
    .bind(user.0)
    .bind(id.0)
    .fetch_optional(db)
    .await?;
    Ok(row.map(Playbook::from))
}

/// Stores a playbook as it is now. The name may be taken, as in [`insert`].
pub async fn update(db: impl PgExecutor<'_>, user: UserId, playbook: &Playbook) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE playbooks SET name = $3, description = $4, rules = $5, version = $6 WHERE user_id = $1 AND id = $2",
    )
    .bind(user.0)
    .bind(playbook.id.0)
    .bind(&playbook.name)
    .bind(&playbook.description)
    .bind(Json(&playbook.rules))
    .bind(playbook.version)
    .execute(db)
    .await?;
    Ok(())
}

/// Deletes a playbook.
pub async fn delete(db: impl PgExecutor<'_>, user: UserId, id: PlaybookId) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM playbooks WHERE user_id = $1 AND id = $2")
        .bind(user.0)
        .bind(id.0)
        .execute(db)
        .await?;
    Ok(())
}
