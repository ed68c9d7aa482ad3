//! The queue of mails.

use crate::domain::letter::Letter;
use identity::UserId;
use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

/// A mail whose turn it is, and where it goes.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct DueMail {
    pub user_id: Uuid,
    pub id: Uuid,
    pub subject: String,
    pub body_text: String,
    pub body_html: String,
    pub email: String,
    pub display_name: String,
}

/// Queues a mail; a second one with the same key changes nothing. Returns whether it is the first.
pub(crate) async fn enqueue(
    db: impl PgExecutor<'_>,
    user: UserId,
    event_key: &str,
    letter: &Letter,
) -> sqlx::Result<bool> {
    enqueue_to(db, user, event_key, letter, None).await
}

/// The same, to this address and not to the one that the user has when it is sent.
pub(crate) async fn enqueue_to(
    db: impl PgExecutor<'_>,
    user: UserId,
    event_key: &str,
    letter: &Letter,
    elsewhere: Option<&str>,
) -> sqlx::Result<bool> {
    let queued = sqlx::query(
        "INSERT INTO emails (user_id, id, event_key, subject, body_text, body_html, sent_to)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT ON CONSTRAINT emails_event_key DO NOTHING",
    )
    .bind(user.0)
    .bind(Uuid::now_v7())
    .bind(event_key)
    .bind(&letter.subject)
    .bind(&letter.text)
    .bind(&letter.html)
    .bind(elsewhere)
    .execute(db)
    .await?;
    Ok(queued.rows_affected() == 1)
}

/// The digest that is due to a user.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct DueDigest {
    /// The key of its mail: one a week, from Monday to Sunday in UTC.
    pub event_key: String,
    /// What came later than this, no earlier digest has told.
    pub since: OffsetDateTime,
}

/// `None`: this week's is queued or sent already. It tells what came since the one before, and the last seven days where that is
/// more than two weeks ago.
pub(crate) async fn due_digest(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<Option<DueDigest>> {
    sqlx::query_as(
        "SELECT week.event_key,
                coalesce((SELECT max(created_at) FROM emails
                          WHERE user_id = $1 AND event_key LIKE 'digest:%' AND created_at > now() - interval '14 days'),
                         now() - interval '7 days') AS since
         FROM (SELECT to_char(now() AT TIME ZONE 'UTC', '\"digest:\"IYYY-\"W\"IW') AS event_key) AS week
         WHERE NOT EXISTS (SELECT FROM emails WHERE user_id = $1 AND event_key = week.event_key)",
    )
    .bind(user.0)
    .fetch_optional(db)
    .await
}

/// The mail that is due longest and whose recipient is known. It is nobody else's until the transaction ends.
pub(crate) async fn claim_due(db: impl PgExecutor<'_>) -> sqlx::Result<Option<DueMail>> {
    sqlx::query_as(
        "SELECT mail.user_id, mail.id, subject, body_text, body_html, COALESCE(sent_to, email) AS email,
                CASE WHEN sent_to IS NULL OR sent_to = email THEN display_name ELSE '' END AS display_name
         FROM emails AS mail LEFT JOIN recipients USING (user_id)
         WHERE COALESCE(sent_to, email) IS NOT NULL AND state = 'queued' AND next_attempt_at <= now() AND mail.created_at > now() - interval '1 day'
         ORDER BY next_attempt_at LIMIT 1
         FOR UPDATE OF mail SKIP LOCKED",
    )
    .fetch_optional(db)
    .await
}

/// It is sent. What it said is forgotten: it may have held a secret, and who was told is enough to know.
pub(crate) async fn mark_sent(db: impl PgExecutor<'_>, mail: &DueMail) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE emails SET state = 'sent', attempts = attempts + 1, failure = NULL, body_text = '', body_html = ''
         WHERE user_id = $1 AND id = $2",
    )
    .bind(mail.user_id)
    .bind(mail.id)
    .execute(db)
    .await?;
    Ok(())
}

/// It is refused for good, and forgotten like one that is sent.
pub(crate) async fn mark_failed(db: impl PgExecutor<'_>, mail: &DueMail, failure: &str) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE emails SET state = 'failed', attempts = attempts + 1, failure = $3, body_text = '', body_html = ''
         WHERE user_id = $1 AND id = $2",
    )
    .bind(mail.user_id)
    .bind(mail.id)
    .bind(failure)
    .execute(db)
    .await?;
    Ok(())
}

/// It is tried again after 1 s, 2 s, 4 s .. and at most an hour.
pub(crate) async fn postpone(db: impl PgExecutor<'_>, mail: &DueMail, failure: &str) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE emails SET attempts = attempts + 1, failure = $3,
             next_attempt_at = clock_timestamp() + make_interval(secs => least(3600, power(2, least(attempts, 12))))
         WHERE user_id = $1 AND id = $2",
    )
    .bind(mail.user_id)
    .bind(mail.id)
    .bind(failure)
    .execute(db)
    .await?;
    Ok(())
}

/// Gives up mails that could not be sent for a day: by then the news is old. Returns how many.
pub(crate) async fn give_up_old(db: impl PgExecutor<'_>) -> sqlx::Result<u64> {
    let given_up = sqlx::query(
        "UPDATE emails SET state = 'failed', failure = coalesce(failure, 'the recipient never became known'),
             body_text = '', body_html = ''
         WHERE (user_id, id) IN (
             SELECT user_id, id FROM emails WHERE state = 'queued' AND created_at <= now() - interval '1 day'
             FOR UPDATE SKIP LOCKED)",
    )
    .execute(db)
    .await?;
    Ok(given_up.rows_affected())
}

/// Deletes at most `limit` mails that are 30 days old: as long as an event may be delivered again. Returns how many.
pub(crate) async fn forget_old(db: impl PgExecutor<'_>, limit: i64) -> sqlx::Result<u64> {
    let deleted = sqlx::query(
        "DELETE FROM emails WHERE (user_id, id) IN (
             SELECT user_id, id FROM emails WHERE created_at < now() - interval '30 days'
             ORDER BY created_at LIMIT $1)",
    )
    .bind(limit)
    .execute(db)
    .await?;
    Ok(deleted.rows_affected())
}
