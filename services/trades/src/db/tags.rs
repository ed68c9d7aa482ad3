//! The table `tags`.

use crate::domain::{
    ids::TagId,
    named::Named,
    tag::{Tag, folded},
};
use identity::UserId;
use sqlx::{PgConnection, PgExecutor};
use std::collections::HashMap;
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    name: String,
    color: Option<String>,
    created_at: OffsetDateTime,
    version: i64,
    trades: i64,
}

impl From<Row> for Tag {
    fn from(row: Row) -> Self {
        let Row { id, name, color, created_at, version, trades } = row;
        Self { id: TagId(id), name, color, created_at, version, trades }
    }
}

/// Stores a new tag, unless its owner has as many as anybody may; tells whether it did. Its name may be taken: constraint
/// `tags_name_taken`.
pub async fn insert(db: impl PgExecutor<'_>, user: UserId, tag: &Tag) -> sqlx::Result<bool> {
    let inserted = sqlx::query(
        "INSERT INTO tags (user_id, id, name, folded, color, created_at, version)
         SELECT $1, $2, $3, $4, $5, $6, $7 WHERE (SELECT count(*) FROM tags WHERE user_id = $1) < $8",
    )
    .bind(user.0)
    .bind(tag.id.0)
    .bind(&tag.name)
    .bind(folded(&tag.name))
    .bind(&tag.color)
    .bind(tag.created_at)
    .bind(tag.version)
    .bind(Named::Tag.most())
    .execute(db)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// All tags of a user, by name.
pub async fn list(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<Vec<Tag>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, name, color, created_at, version, COALESCE(used.trades, 0) AS trades
         FROM tags LEFT JOIN (
             SELECT tag, count(*) AS trades
             FROM trade_journal AS j JOIN trades AS t ON t.user_id = j.user_id AND t.id = j.trade_id, unnest(j.tags) AS tag
             WHERE j.user_id = $1 GROUP BY tag) AS used ON used.tag = tags.name
         WHERE user_id = $1 ORDER BY folded",
    )
    .bind(user.0)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Tag::from).collect())
}

/// One tag.
pub async fn find(db: impl PgExecutor<'_>, user: UserId, id: TagId) -> sqlx::Result<Option<Tag>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, name, color, created_at, version,
                (SELECT count(*) FROM trade_journal AS j JOIN trades AS t ON t.user_id = j.user_id AND t.id = j.trade_id
                 WHERE j.user_id = $1 AND tags.name = ANY(j.tags)) AS trades
         FROM tags WHERE user_id = $1 AND id = $2",
    )
    .bind(user.0)
    .bind(id.0)
    .fetch_optional(db)
    .await?;
    Ok(row.map(Tag::from))
}

/// Locks a tag until the transaction ends; tells whether there is one.
pub async fn lock(db: impl PgExecutor<'_>, user: UserId, id: TagId) -> sqlx::Result<bool> {
    let locked = sqlx::query("SELECT FROM tags WHERE user_id = $1 AND id = $2 FOR UPDATE")
        .bind(user.0)
        .bind(id.0)
        .execute(db)
        .await?;
    Ok(locked.rows_affected() == 1)
}

/// Stores a tag as it is now. The name may be taken, as in [`insert`].
pub async fn update(db: impl PgExecutor<'_>, user: UserId, tag: &Tag) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE tags SET name = $3, folded = $4, color = $5, version = $6 WHERE user_id = $1 AND id = $2",
    )
    .bind(user.0)
    .bind(tag.id.0)
    .bind(&tag.name)
    .bind(folded(&tag.name))
    .bind(&tag.color)
    .bind(tag.version)
    .execute(db)
    .await?;
    Ok(())
}

/// Deletes a tag.
pub async fn delete(db: impl PgExecutor<'_>, user: UserId, id: TagId) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM tags WHERE user_id = $1 AND id = $2")
        .bind(user.0)
        .bind(id.0)
        .execute(db)
        .await?;
    Ok(())
}

/// The names as they are spelled, by what their spellings have in common; those that there are not yet are made. Nobody renames or deletes
/// them until the transaction ends. `None`: there would be more tags than anybody may have.
pub async fn settle(
    tx: &mut PgConnection,
    user: UserId,
    names: &[String],
    now: OffsetDateTime,
) -> sqlx::Result<Option<HashMap<String, String>>> {
    if names.is_empty() {
        return Ok(Some(HashMap::new()));
    }
    let mut wanted: Vec<(String, &String)> = names.iter().map(|name| (folded(name), name)).collect();
    // In one order, so that two who make the same tags do not wait for each other.
    wanted.sort();
    let known = hold(&mut *tx, user, &wanted).await?;
    let missing: Vec<_> = wanted.iter().filter(|(folded, _)| !known.contains_key(folded)).collect();
    if missing.is_empty() {
        return Ok(Some(known));
    }
    for (folded, name) in &missing {
        sqlx::query(
            "INSERT INTO tags (user_id, id, name, folded, created_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT ON CONSTRAINT tags_name_taken DO NOTHING",
        )
        .bind(user.0)
        .bind(Uuid::now_v7())
        .bind(name.as_str())
        .bind(folded)
        .bind(now)
        .execute(&mut *tx)
        .await?;
    }
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM tags WHERE user_id = $1")
        .bind(user.0)
        .fetch_one(&mut *tx)
        .await?;
    if count > Named::Tag.most() { Ok(None) } else { hold(tx, user, &wanted).await.map(Some) }
}

async fn hold(
    db: &mut PgConnection,
    user: UserId,
    wanted: &[(String, &String)],
) -> sqlx::Result<HashMap<String, String>> {
    let folded: Vec<&str> = wanted.iter().map(|(folded, _)| folded.as_str()).collect();
    let known: Vec<(String, String)> = sqlx::query_as(
        "SELECT folded, name FROM tags WHERE user_id = $1 AND folded = ANY($2) ORDER BY folded FOR SHARE",
    )
    .bind(user.0)
    .bind(folded)
    .fetch_all(db)
    .await?;
    Ok(known.into_iter().collect())
}
