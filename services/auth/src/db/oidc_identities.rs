//! The table `oidc_identities`.

use identity::UserId;
use sqlx::{PgConnection, PgExecutor};
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
