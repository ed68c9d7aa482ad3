//! The table `mentors`, and the sessions that accepted invitations have. Whoever ends both ends the grant first, and of several one after
//! the other by their ids: nobody waits for another in a circle.

use crate::domain::{
    email::EmailAddress,
    invitation::{DAYS, Invitation, MentorEntry, MentoredEntry},
};
use identity::{SessionId, UserId};
use runtime::postgres;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

/// How many are invited or accepted.
pub(crate) async fn count(db: impl PgExecutor<'_>, owner: UserId) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "SELECT count(*) FROM mentors
         WHERE user_id = $1 AND ended_at IS NULL AND (accepted_at IS NOT NULL OR expires_at > now())",
    )
    .bind(owner.0)
    .fetch_one(db)
    .await
}

/// Adds an invitation.
pub(crate) async fn insert(
    db: impl PgExecutor<'_>,
    invitation: &Invitation,
    email: &EmailAddress,
) -> sqlx::Result<MentorEntry> {
    sqlx::query_as(
        "INSERT INTO mentors (user_id, id, email, token_hash, expires_at)
         VALUES ($1, $2, $3, $4, now() + make_interval(days => $5))
         RETURNING id, email, created_at, expires_at, accepted_at",
    )
    .bind(invitation.owner.0)
    .bind(Uuid::now_v7())
    .bind(email.as_str())
    .bind(invitation.token.hash())
    .bind(DAYS)
    .fetch_one(db)
    .await
}

/// Whom the user invited and who accepted, newest first; without those whose invitation is over.
pub(crate) async fn list(db: impl PgExecutor<'_>, owner: UserId) -> sqlx::Result<Vec<MentorEntry>> {
    sqlx::query_as(
        "SELECT id, email, created_at, expires_at, accepted_at FROM mentors
         WHERE user_id = $1 AND ended_at IS NULL AND (accepted_at IS NOT NULL OR expires_at > now())
         ORDER BY id DESC",
    )
    .bind(owner.0)
    .fetch_all(db)
    .await
}

/// Uses an invitation, once ever, in the owner's name: of any number of callers one becomes the mentor.
pub(crate) async fn accept(
    tx: &mut PgConnection,
    invitation: &Invitation,
    mentor: UserId,
) -> sqlx::Result<Option<SessionId>> {
    // Whoever disables the owner waits, and ends this as well; or was first.
    let owner: Option<i32> = sqlx::query_scalar(
        "SELECT 1 FROM users WHERE id = $1 AND deletion_due_at IS NULL AND disabled_at IS NULL FOR SHARE",
    )
    .bind(invitation.owner.0)
    .fetch_optional(&mut *tx)
    .await?;
    if owner.is_none() {
        return Ok(None);
    }
    let accepted: Option<(Uuid, String)> = sqlx::query_as(
        "UPDATE mentors SET mentor_id = $3, accepted_at = now(), token_hash = NULL
         WHERE user_id = $1 AND token_hash = $2 AND user_id <> $3 AND ended_at IS NULL AND expires_at > now()
         RETURNING id, email",
    )
    .bind(invitation.owner.0)
    .bind(invitation.token.hash())
    .bind(mentor.0)
    .fetch_optional(&mut *tx)
    .await?;
    let Some((id, email)) = accepted else { return Ok(None) };
    sqlx::query(
        "INSERT INTO sessions (user_id, id, device_name, ip_address, kind, expires_at)
         VALUES ($1, $2, $3, '', 'mentor', now() + interval '100 years')",
    )
    .bind(invitation.owner.0)
    .bind(id)
    .bind(email)
    .execute(tx)
    .await?;
    Ok(Some(SessionId(id)))
}

/// Whose journals somebody may read, newest first. `tx` acts for the mentor before and after, and for each owner in between.
pub(crate) async fn list_given(tx: &mut PgConnection, mentor: UserId) -> sqlx::Result<Vec<MentoredEntry>> {
    let given: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "SELECT id, user_id FROM mentors WHERE mentor_id = $1 AND ended_at IS NULL ORDER BY accepted_at DESC, id DESC",
    )
    .bind(mentor.0)
    .fetch_all(&mut *tx)
    .await?;
    let mut entries = Vec::with_capacity(given.len());
    for (id, owner) in given {
        postgres::act_for(&mut *tx, owner).await?;
        let entry: Option<MentoredEntry> = sqlx::query_as(
            "SELECT mentors.id, user_id AS owner_id, users.email, display_name, accepted_at
             FROM mentors JOIN users ON users.id = user_id WHERE user_id = $1 AND mentors.id = $2",
        )
        .bind(owner)
        .bind(id)
        .fetch_optional(&mut *tx)
        .await?;
        entries.extend(entry);
    }
    postgres::act_for(tx, mentor.0).await?;
    Ok(entries)
}

/// The grant by which a mentor reads an owner's journal, in the mentor's name.
pub(crate) async fn grant(
    db: impl PgExecutor<'_>,
    owner: UserId,
    mentor: UserId,
) -> sqlx::Result<Option<SessionId>> {
    let id: Option<Uuid> = sqlx::query_scalar(
        "SELECT id FROM mentors WHERE user_id = $1 AND mentor_id = $2 AND ended_at IS NULL
         ORDER BY accepted_at DESC LIMIT 1",
    )
    .bind(owner.0)
    .bind(mentor.0)
    .fetch_optional(db)
    .await?;
    Ok(id.map(SessionId))
}

/// Whose journal a grant opens, in the mentor's name.
pub(crate) async fn owner_of(
    db: impl PgExecutor<'_>,
    id: SessionId,
    mentor: UserId,
) -> sqlx::Result<Option<UserId>> {
    let owner: Option<Uuid> =
        sqlx::query_scalar("SELECT user_id FROM mentors WHERE id = $1 AND mentor_id = $2")
            .bind(id.0)
            .bind(mentor.0)
            .fetch_optional(db)
            .await?;
    Ok(owner.map(UserId))
}

/// Ends an invitation or what came of it, in the owner's name; `None`: there is none. Else the address, and whether it ended only now.
pub(crate) async fn end(
    db: impl PgExecutor<'_>,
    owner: UserId,
    id: SessionId,
) -> sqlx::Result<Option<(String, bool)>> {
    sqlx::query_as(
        "UPDATE mentors AS ended SET ended_at = COALESCE(ended.ended_at, now()), token_hash = NULL
         FROM (SELECT ended_at FROM mentors WHERE user_id = $1 AND id = $2 FOR UPDATE) AS before
         WHERE user_id = $1 AND id = $2
         RETURNING email, before.ended_at IS NULL",
    )
    .bind(owner.0)
    .bind(id.0)
    .fetch_optional(db)
    .await
}

/// Ends all that a user gave or invited to, as the account ends.
pub(crate) async fn end_all(db: impl PgExecutor<'_>, owner: UserId) -> sqlx::Result<()> {
    sqlx::query(
        "WITH held AS (SELECT id FROM mentors WHERE user_id = $1 AND ended_at IS NULL ORDER BY id FOR UPDATE)
         UPDATE mentors SET ended_at = now(), token_hash = NULL FROM held WHERE user_id = $1 AND mentors.id = held.id",
    )
    .bind(owner.0)
    .execute(db)
    .await?;
    Ok(())
}

/// What was given to a mentor, by whom, in the mentor's name.
pub(crate) async fn given_to(db: impl PgExecutor<'_>, mentor: UserId) -> sqlx::Result<Vec<(Uuid, Uuid)>> {
    sqlx::query_as("SELECT user_id, id FROM mentors WHERE mentor_id = $1 ORDER BY user_id, id")
        .bind(mentor.0)
        .fetch_all(db)
        .await
}

/// Forgets a grant, in the owner's name.
pub(crate) async fn forget(db: impl PgExecutor<'_>, owner: UserId, id: SessionId) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM mentors WHERE user_id = $1 AND id = $2")
        .bind(owner.0)
        .bind(id.0)
        .execute(db)
        .await?;
    Ok(())
}

/// Deletes up to `limit` that ended, or that nobody accepted in time, more than 30 days ago; how many.
pub(crate) async fn delete_over(db: impl PgExecutor<'_>, limit: i64) -> sqlx::Result<u64> {
    let deleted = sqlx::query(
        "DELETE FROM mentors WHERE (user_id, id) IN (
             SELECT user_id, id FROM mentors
             WHERE ended_at < now() - interval '30 days'
                OR (accepted_at IS NULL AND expires_at < now() - interval '30 days')
             LIMIT $1)",
    )
    .bind(limit)
    .execute(db)
    .await?;
    Ok(deleted.rows_affected())
}
