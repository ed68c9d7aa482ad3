//! The table `saved_views`.

use crate::domain::{ids::SavedViewId, named::Named, saved_view::SavedView};
use identity::UserId;
use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    name: String,
    page: String,
    query: String,
    created_at: OffsetDateTime,
    version: i64,
}

impl From<Row> for SavedView {
    fn from(row: Row) -> Self {
        let Row { id, name, page, query, created_at, version } = row;
        Self { id: SavedViewId(id), name, page, query, created_at, version }
    }
}

/// Stores a new view, unless its owner has as many as anybody may; tells whether it did. Its name may be taken:
/// constraint `saved_views_name_taken`.
pub async fn insert(db: impl PgExecutor<'_>, user: UserId, view: &SavedView) -> sqlx::Result<bool> {
    let inserted = sqlx::query(
        "INSERT INTO saved_views (user_id, id, name, page, query, created_at, version)
         SELECT $1, $2, $3, $4, $5, $6, $7
         WHERE (SELECT count(*) FROM saved_views WHERE user_id = $1) < $8",
    )
    .bind(user.0)
    .bind(view.id.0)
    .bind(&view.name)
    .bind(&view.page)
    .bind(&view.query)
    .bind(view.created_at)
    .bind(view.version)
    .bind(Named::SavedView.most())
    .execute(db)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// The views of a user, of one page or of all, by page and name.
pub async fn list(db: impl PgExecutor<'_>, user: UserId, page: Option<&str>) -> sqlx::Result<Vec<SavedView>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, name, page, query, created_at, version FROM saved_views
         WHERE user_id = $1 AND ($2::text IS NULL OR page = $2) ORDER BY page, name, id",
    )
    .bind(user.0)
    .bind(page)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(SavedView::from).collect())
}

/// One view.
pub async fn find(db: impl PgExecutor<'_>, user: UserId, id: SavedViewId) -> sqlx::Result<Option<SavedView>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, name, page, query, created_at, version FROM saved_views WHERE user_id = $1 AND id = $2",
    )
    .bind(user.0)
    .bind(id.0)
    .fetch_optional(db)
    .await?;
    Ok(row.map(SavedView::from))
}

/// One view, locked until the transaction ends.
pub async fn lock(db: impl PgExecutor<'_>, user: UserId, id: SavedViewId) -> sqlx::Result<Option<SavedView>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, name, page, query, created_at, version FROM saved_views
         WHERE user_id = $1 AND id = $2 FOR UPDATE",
    )
    .bind(user.0)
    .bind(id.0)
    .fetch_optional(db)
    .await?;
    Ok(row.map(SavedView::from))
}

/// Stores a view as it is now. The name may be taken, as in [`insert`].
pub async fn update(db: impl PgExecutor<'_>, user: UserId, view: &SavedView) -> sqlx::Result<()> {
    sqlx::query("UPDATE saved_views SET name = $3, query = $4, version = $5 WHERE user_id = $1 AND id = $2")
        .bind(user.0)
        .bind(view.id.0)
        .bind(&view.name)
        .bind(&view.query)
        .bind(view.version)
        .execute(db)
        .await?;
    Ok(())
}

/// Deletes a view.
pub async fn delete(db: impl PgExecutor<'_>, user: UserId, id: SavedViewId) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM saved_views WHERE user_id = $1 AND id = $2")
        .bind(user.0)
        .bind(id.0)
        .execute(db)
        .await?;
    Ok(())
}
