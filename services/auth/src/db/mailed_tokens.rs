//! The table `mailed_tokens`.

use super::{shown, users};
use crate::domain::{email::EmailAddress, mail::Purpose, token::Token};
use identity::UserId;
use runtime::postgres;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

/// Stores the token that is good for this from now on; the one before is void. Nothing happens when there is no such user.
pub(crate) async fn issue(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    purpose: Purpose,
    token: &Token,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO mailed_tokens (user_id, purpose, token_hash, expires_at)
         SELECT id, $2, $3, now() + make_interval(hours => $4) FROM users WHERE id = $1
         ON CONFLICT (user_id, purpose) DO UPDATE SET
             token_hash = EXCLUDED.token_hash, created_at = now(), expires_at = EXCLUDED.expires_at, consumed_at = NULL",
    )
    .bind(user_id.0)
    .bind(purpose.as_str())
    .bind(token.hash())
    .bind(purpose.hours())
    .execute(db)
    .await?;
    Ok(())
}

/// Whose token this is, when it could be used now. The transaction acts for that user from then on.
pub(crate) async fn owner(
    tx: &mut PgConnection,
    purpose: Purpose,
    token: &Token,
) -> sqlx::Result<Option<UserId>> {
    shown::show_token(&mut *tx, token).await?;
    let owner: Option<Uuid> = sqlx::query_scalar(
        "SELECT user_id FROM mailed_tokens
         WHERE token_hash = $1 AND purpose = $2 AND consumed_at IS NULL AND expires_at > now()",
    )
    .bind(token.hash())
    .bind(purpose.as_str())
    .fetch_optional(&mut *tx)
    .await?;
    if let Some(owner) = owner {
        postgres::act_for(tx, owner).await?;
    }
    Ok(owner.map(UserId))
}

/// Uses a token, once ever: of any number of callers one gets its owner, the others `None`, as does whoever presents one that is
/// unknown, void or expired. The transaction acts for the owner from then on.
pub(crate) async fn consume(
    tx: &mut PgConnection,
    purpose: Purpose,
    token: &Token,
) -> sqlx::Result<Option<UserId>> {
    let Some(owner) = owner(&mut *tx, purpose, token).await? else { return Ok(None) };
    // The user before the token, as whoever voids one: neither waits for the other in a circle.
    users::lock(&mut *tx, owner).await?;
    let owner: Option<Uuid> = sqlx::query_scalar(
        "UPDATE mailed_tokens SET consumed_at = now()
         WHERE token_hash = $1 AND purpose = $2 AND consumed_at IS NULL AND expires_at > now()
         RETURNING user_id",
    )
    .bind(token.hash())
    .bind(purpose.as_str())
    .fetch_optional(tx)
    .await?;
    Ok(owner.map(UserId))
}

/// Voids the user's token for this.
pub(crate) async fn void(db: impl PgExecutor<'_>, user_id: UserId, purpose: Purpose) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM mailed_tokens WHERE user_id = $1 AND purpose = $2")
        .bind(user_id.0)
        .bind(purpose.as_str())
        .execute(db)
        .await?;
    Ok(())
}

/// Which address the user's token for this confirms.
pub(crate) async fn name_address(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    purpose: Purpose,
    email: &EmailAddress,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE mailed_tokens SET email = $3 WHERE user_id = $1 AND purpose = $2")
        .bind(user_id.0)
        .bind(purpose.as_str())
        .bind(email.as_str())
        .execute(db)
        .await?;
    Ok(())
}

/// The address that the user's token for this confirms.
pub(crate) async fn address(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    purpose: Purpose,
) -> sqlx::Result<Option<String>> {
    let address: Option<Option<String>> =
        sqlx::query_scalar("SELECT email FROM mailed_tokens WHERE user_id = $1 AND purpose = $2")
            .bind(user_id.0)
            .bind(purpose.as_str())
            .fetch_optional(db)
            .await?;
    Ok(address.flatten())
}
