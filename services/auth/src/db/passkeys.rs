//! The table `passkeys`.

use crate::domain::passkey::{Passkey, PasskeyName};
use identity::UserId;
use sqlx::{PgExecutor, prelude::FromRow, types::Json};
use time::OffsetDateTime;
use uuid::Uuid;
use webauthn_rs::prelude::Passkey as Credential;

#[derive(FromRow)]
struct Row {
    id: Uuid,
    name: String,
    created_at: OffsetDateTime,
    last_used_at: Option<OffsetDateTime>,
}

impl From<Row> for Passkey {
    fn from(row: Row) -> Self {
        let Row { id, name, created_at, last_used_at } = row;
        Self { id, name, created_at, last_used_at }
    }
}

/// Keeps a passkey; `None` when its credential is known already, whoever's it is.
pub(crate) async fn insert(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    name: &PasskeyName,
    credential: &Credential,
) -> sqlx::Result<Option<Passkey>> {
    let row: Option<Row> = sqlx::query_as(
        "INSERT INTO passkeys (user_id, id, credential_id, name, credential) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT ON CONSTRAINT passkeys_credential DO NOTHING
         RETURNING id, name, created_at, last_used_at",
    )
    .bind(user_id.0)
    .bind(Uuid::now_v7())
    .bind(credential.cred_id().as_slice())
    .bind(name.as_str())
    .bind(Json(credential))
    .fetch_optional(db)
    .await?;
    Ok(row.map(Passkey::from))
}

/// The user's passkeys, oldest first.
pub(crate) async fn list(db: impl PgExecutor<'_>, user_id: UserId) -> sqlx::Result<Vec<Passkey>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, name, created_at, last_used_at FROM passkeys WHERE user_id = $1 ORDER BY created_at, id",
    )
    .bind(user_id.0)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Passkey::from).collect())
}

/// The user's credentials, by the ids that authenticators know.
pub(crate) async fn credential_ids(db: impl PgExecutor<'_>, user_id: UserId) -> sqlx::Result<Vec<Vec<u8>>> {
    sqlx::query_scalar("SELECT credential_id FROM passkeys WHERE user_id = $1")
        .bind(user_id.0)
        .fetch_all(db)
        .await
}

/// How many the user has.
pub(crate) async fn count(db: impl PgExecutor<'_>, user_id: UserId) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM passkeys WHERE user_id = $1").bind(user_id.0).fetch_one(db).await
}

/// The user's credential with this id. Until the transaction is over nobody else signs in with it: counters are compared one after the
/// other.
pub(crate) async fn lock(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    credential_id: &[u8],
) -> sqlx::Result<Option<Credential>> {
    let found: Option<Json<Credential>> = sqlx::query_scalar(
        "SELECT credential FROM passkeys WHERE user_id = $1 AND credential_id = $2 FOR UPDATE",
    )
    .bind(user_id.0)
    .bind(credential_id)
    .fetch_optional(db)
    .await?;
    Ok(found.map(|Json(credential)| credential))
}

/// Notes a use, and what the authenticator said.
pub(crate) async fn note_use(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    credential: &Credential,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE passkeys SET credential = $3, last_used_at = now() WHERE user_id = $1 AND credential_id = $2",
    )
    .bind(user_id.0)
    .bind(credential.cred_id().as_slice())
    .bind(Json(credential))
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets a passkey; its name, unless the user has none with this id.
pub(crate) async fn delete(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    id: Uuid,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("DELETE FROM passkeys WHERE user_id = $1 AND id = $2 RETURNING name")
        .bind(user_id.0)
        .bind(id)
        .fetch_optional(db)
        .await
}
