//! The table `oidc_identities`.

use crate::domain::linked_identity::LinkedIdentity;
use identity::UserId;
use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// Whom a verified identity signs in, if it is linked.
pub(crate) async fn owner(
    tx: &mut PgConnection,
    issuer: &str,
    subject: &str,
) -> sqlx::Result<Option<UserId>> {
    sqlx::query("SELECT set_config('app.oidc_issuer', $1, true), set_config('app.oidc_subject', $2, true)")
        .bind(issuer)
        .bind(subject)
        .execute(&mut *tx)
        .await?;
    let owner: Option<Uuid> =
        sqlx::query_scalar("SELECT user_id FROM oidc_identities WHERE issuer = $1 AND subject = $2")
            .bind(issuer)
            .bind(subject)
            .fetch_optional(tx)
            .await?;
    Ok(owner.map(UserId))
}

/// Links an identity to a user; false when it is somebody's already.
pub(crate) async fn insert(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    issuer: &str,
    subject: &str,
) -> sqlx::Result<bool> {
    let linked = sqlx::query(
        "INSERT INTO oidc_identities (user_id, issuer, subject) VALUES ($1, $2, $3)
         ON CONFLICT ON CONSTRAINT oidc_identities_subject DO NOTHING",
    )
    .bind(user_id.0)
    .bind(issuer)
    .bind(subject)
    .execute(db)
    .await?;
    Ok(linked.rows_affected() == 1)
}

/// The user's identities, oldest first. An id is derived from what it stands for.
pub(crate) async fn list(db: impl PgExecutor<'_>, user_id: UserId) -> sqlx::Result<Vec<LinkedIdentity>> {
    let rows: Vec<(Uuid, String, OffsetDateTime)> = sqlx::query_as(
        "SELECT encode(substring(sha256(convert_to(issuer || chr(10) || subject, 'UTF8')) FOR 16), 'hex')::uuid, issuer, created_at
         FROM oidc_identities WHERE user_id = $1 ORDER BY created_at, issuer, subject",
    )
    .bind(user_id.0)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|(id, issuer, linked_at)| LinkedIdentity { id, issuer, linked_at }).collect())
}

/// Unlinks one of the user's identities; its issuer, or `None` when the user has no such.
pub(crate) async fn delete(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    id: Uuid,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "DELETE FROM oidc_identities
         WHERE user_id = $1 AND encode(substring(sha256(convert_to(issuer || chr(10) || subject, 'UTF8')) FOR 16), 'hex')::uuid = $2
         RETURNING issuer",
    )
    .bind(user_id.0)
    .bind(id)
    .fetch_optional(db)
    .await
}
