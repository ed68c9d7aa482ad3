//! The table `users`.

use super::shown;
use crate::{
    domain::{display_name::DisplayName, email::EmailAddress, user::User},
    hashing::StoredHash,
};
use identity::{Role, SessionId, UserId};
use runtime::postgres;
use sqlx::{PgConnection, PgExecutor, prelude::FromRow};
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(FromRow)]
pub(super) struct Row {
    id: Uuid,
    email: String,
    display_name: String,
    email_verified: bool,
    created_at: OffsetDateTime,
    role: String,
}

impl From<Row> for User {
    fn from(row: Row) -> Self {
        let Row { id, email, display_name, email_verified, created_at, role } = row;
        // A word that this version does not know gives nobody a right.
        let role = role.parse().unwrap_or_default();
        Self { id, email, display_name, email_verified, role, created_at }
    }
}

/// A user, and how a password of theirs is checked.
#[derive(Debug)]
pub(crate) struct Found {
    pub user: User,
    pub hash: StoredHash,
    /// Which of the user's passwords it is.
    pub password_version: i32,
}

#[derive(FromRow)]
struct CredentialsRow {
    password_version: i32,
    password_hash: String,
    password_key_id: Option<String>,
    #[sqlx(flatten)]
    user: Row,
}

/// Creates a user, unless the address is taken: then `None`, and nothing changed. The transaction acts for the new user from then on.
pub(crate) async fn insert(
    tx: &mut PgConnection,
    email: &EmailAddress,
    display_name: &DisplayName,
    hash: &StoredHash,
) -> sqlx::Result<Option<User>> {
    let id = Uuid::now_v7();
    postgres::act_for(&mut *tx, id).await?;
    let row: Option<Row> = sqlx::query_as(
        "INSERT INTO users (id, email, display_name, password_hash, password_key_id) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT ON CONSTRAINT users_email_key DO NOTHING
         RETURNING id, email, display_name, false AS email_verified, created_at, role",
    )
    .bind(id)
    .bind(email.as_str())
    .bind(display_name.as_str())
    .bind(&hash.phc)
    .bind(&hash.key_id)
    .fetch_optional(tx)
    .await?;
    Ok(row.map(User::from))
}

/// The user with this address, and the hash of the password.
pub(crate) async fn find_by_email(
    tx: &mut PgConnection,
    email: &EmailAddress,
) -> sqlx::Result<Option<Found>> {
    shown::show_address(&mut *tx, email).await?;
    let row: Option<CredentialsRow> = sqlx::query_as(
        "SELECT id, email, display_name, email_verified_at IS NOT NULL AS email_verified, created_at, role,
                password_hash, password_key_id, password_version
         FROM users WHERE email = $1",
    )
    .bind(email.as_str())
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|row| Found {
        user: row.user.into(),
        hash: StoredHash { phc: row.password_hash, key_id: row.password_key_id },
        password_version: row.password_version,
    }))
}

/// What a sign-in counts on.
#[derive(Debug, FromRow)]
pub(crate) struct Shared {
    password_version: i32,
    role: String,
    is_disabled: bool,
    is_leaving: bool,
}

/// The user, as others who sign in may see him at the same time, and nobody changes him until the transaction is over. Where the account is
/// to be deleted, a sign-in changes it, and is alone with it at once: of two who share it first, each would wait for the other.
pub(crate) async fn share(tx: &mut PgConnection, user_id: UserId) -> sqlx::Result<Option<Shared>> {
    let shared: Option<Shared> = sqlx::query_as(
        "SELECT password_version, role, disabled_at IS NOT NULL AS is_disabled, false AS is_leaving
         FROM users WHERE id = $1 AND deletion_due_at IS NULL FOR SHARE",
    )
    .bind(user_id.0)
    .fetch_optional(&mut *tx)
    .await?;
    if shared.is_some() {
        return Ok(shared);
    }
    sqlx::query_as(
        "SELECT password_version, role, disabled_at IS NOT NULL AS is_disabled, deletion_due_at IS NOT NULL AS is_leaving
         FROM users WHERE id = $1 FOR UPDATE",
    )
    .bind(user_id.0)
    .fetch_optional(tx)
    .await
}

/// True while the user's password is this one still. It stays so until the transaction is over.
pub(crate) async fn holds_version(
    tx: &mut PgConnection,
    user_id: UserId,
    password_version: i32,
) -> sqlx::Result<bool> {
    Ok(share(tx, user_id).await?.is_some_and(|user| user.password_version == password_version))
}

/// As whom somebody may sign in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Enabled {
    pub role: Role,
    /// The account is to be deleted.
    pub is_leaving: bool,
}

/// The user, unless nobody may sign in as the user. It stays so until the transaction is over.
pub(crate) async fn enabled(tx: &mut PgConnection, user_id: UserId) -> sqlx::Result<Option<Enabled>> {
    let user = share(tx, user_id).await?.filter(|user| !user.is_disabled);
    Ok(user.map(|user| Enabled { role: user.role.parse().unwrap_or_default(), is_leaving: user.is_leaving }))
}

/// Lets whoever signs in as the user wait, and waits for them: the means to sign in change.
pub(crate) async fn lock(db: impl PgExecutor<'_>, user_id: UserId) -> sqlx::Result<()> {
    sqlx::query("SELECT FROM users WHERE id = $1 FOR UPDATE").bind(user_id.0).execute(db).await?;
    Ok(())
}

/// Sets a new password, which a mail allowed: the address is the user's, too.
pub(crate) async fn reset_password(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    hash: &StoredHash,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE users SET password_hash = $2, password_key_id = $3, password_version = password_version + 1,
             email_verified_at = COALESCE(email_verified_at, now())
         WHERE id = $1",
    )
    .bind(user_id.0)
    .bind(&hash.phc)
    .bind(&hash.key_id)
    .execute(db)
    .await?;
    Ok(())
}

/// Sets a new password in place of this one; false when it is another one meanwhile.
pub(crate) async fn change_password(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    password_version: i32,
    hash: &StoredHash,
) -> sqlx::Result<bool> {
    let changed = sqlx::query(
        "UPDATE users SET password_hash = $3, password_key_id = $4, password_version = password_version + 1
         WHERE id = $1 AND password_version = $2",
    )
    .bind(user_id.0)
    .bind(password_version)
    .bind(&hash.phc)
    .bind(&hash.key_id)
    .execute(db)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// The user showed that the address is theirs.
pub(crate) async fn mark_verified(db: impl PgExecutor<'_>, user_id: UserId) -> sqlx::Result<()> {
    sqlx::query("UPDATE users SET email_verified_at = COALESCE(email_verified_at, now()) WHERE id = $1")
        .bind(user_id.0)
        .execute(db)
        .await?;
    Ok(())
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
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, email, display_name, email_verified_at IS NOT NULL AS email_verified, created_at, role
             FROM users WHERE id = $1",
    )
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
        "SELECT users.id, email, display_name, email_verified_at IS NOT NULL AS email_verified, users.created_at,
                role
         FROM users JOIN sessions ON sessions.user_id = users.id
         WHERE users.id = $1 AND sessions.id = $2 AND revoked_at IS NULL AND expires_at > now()",
    )
    .bind(user_id.0)
    .bind(session_id.0)
    .fetch_optional(db)
    .await?;
    Ok(row.map(User::from))
}
