//! The table `users`.

use crate::{
    domain::{display_name::DisplayName, email::EmailAddress, user::User},
    hashing::StoredHash,
};
use identity::{SessionId, UserId};
use sqlx::{PgExecutor, prelude::FromRow};
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(FromRow)]
struct Row {
    id: Uuid,
    email: String,
    display_name: String,
    created_at: OffsetDateTime,
}

impl From<Row> for User {
    fn from(row: Row) -> Self {
        Self { id: row.id, email: row.email, display_name: row.display_name, created_at: row.created_at }
    }
}

#[derive(FromRow)]
struct CredentialsRow {
    password_hash: String,
    password_key_id: Option<String>,
    #[sqlx(flatten)]
    user: Row,
}

/// Creates a user, unless the address is taken: then `None`, and nothing changed.
pub(crate) async fn insert(
    db: impl PgExecutor<'_>,
    email: &EmailAddress,
    display_name: &DisplayName,
    hash: &StoredHash,
) -> sqlx::Result<Option<User>> {
    let row: Option<Row> = sqlx::query_as(
        "INSERT INTO users (id, email, display_name, password_hash, password_key_id) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT ON CONSTRAINT users_email_key DO NOTHING
         RETURNING id, email, display_name, created_at",
    )
    .bind(Uuid::now_v7())
    .bind(email.as_str())
    .bind(display_name.as_str())
    .bind(&hash.phc)
    .bind(&hash.key_id)
    .fetch_optional(db)
    .await?;
    Ok(row.map(User::from))
}

/// The user with this address, and the hash of the password.
pub(crate) async fn find_by_email(
    db: impl PgExecutor<'_>,
    email: &EmailAddress,
) -> sqlx::Result<Option<(User, StoredHash)>> {
    let row: Option<CredentialsRow> = sqlx::query_as(
        "SELECT id, email, display_name, created_at, password_hash, password_key_id FROM users WHERE email = $1",
    )
    .bind(email.as_str())
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.user.into(), StoredHash { phc: row.password_hash, key_id: row.password_key_id })))
}

/// Stores another hash of the same password, unless the hash is not `old` any more.
pub(crate) async fn renew_hash(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    old: &StoredHash,
    new: &StoredHash,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE users SET password_hash = $3, password_key_id = $4 WHERE id = $1 AND password_hash = $2",
    )
    .bind(user_id.0)
    .bind(&old.phc)
    .bind(&new.phc)
    .bind(&new.key_id)
    .execute(db)
    .await?;
    Ok(())
}

/// A user by id.
pub(crate) async fn find(db: impl PgExecutor<'_>, id: UserId) -> sqlx::Result<Option<User>> {
    let row: Option<Row> =
        sqlx::query_as("SELECT id, email, display_name, created_at FROM users WHERE id = $1")
            .bind(id.0)
            .fetch_optional(db)
            .await?;
    Ok(row.map(User::from))
}

/// The user of a session that has not ended.
pub(crate) async fn find_of_live_session(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    session_id: SessionId,
) -> sqlx::Result<Option<User>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT users.id, email, display_name, users.created_at
         FROM users JOIN sessions ON sessions.user_id = users.id
         WHERE users.id = $1 AND sessions.id = $2 AND revoked_at IS NULL AND expires_at > now()",
    )
    .bind(user_id.0)
    .bind(session_id.0)
    .fetch_optional(db)
    .await?;
    Ok(row.map(User::from))
}
