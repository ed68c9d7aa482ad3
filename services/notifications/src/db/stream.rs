//! Live messages and the newest number of each user's.

use super::purpose::{self, Purpose};
use crate::domain::{message::Message, resumption::Kept};
use identity::UserId;
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

/// A live message with its number. `data` is JSON.
#[derive(Clone, Debug)]
pub(crate) struct StoredMessage {
    pub seq: u64,
    pub name: String,
    pub data: String,
}

/// Waits until no other transaction is appending to the user's stream, and keeps others waiting until this one ends.
pub(crate) async fn lock(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO stream_heads (user_id, seq) VALUES ($1, 0)
         ON CONFLICT (user_id) DO UPDATE SET seq = stream_heads.seq",
    )
    .bind(user.0)
    .execute(db)
    .await?;
    Ok(())
}

/// Appends messages, and returns the last one's number. From here to the commit, nobody else appends for this user.
pub(crate) async fn append(tx: &mut PgConnection, user: UserId, messages: &[Message]) -> sqlx::Result<u64> {
    let count = i64::try_from(messages.len()).unwrap_or(i64::MAX);
    let newest: i64 = sqlx::query_scalar(
        "INSERT INTO stream_heads (user_id, seq) VALUES ($1, $2)
         ON CONFLICT (user_id) DO UPDATE SET seq = stream_heads.seq + $2 RETURNING seq",
    )
    .bind(user.0)
    .bind(count)
    .fetch_one(&mut *tx)
    .await?;
    let names: Vec<&str> = messages.iter().map(|message| message.name).collect();
    let data: Vec<String> = messages.iter().map(|message| message.data.to_string()).collect();
    sqlx::query(
        "INSERT INTO stream_messages (user_id, seq, type, data)
         SELECT $1, $2 + place, type, data::jsonb
         FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS appended (type, data, place)",
    )
    .bind(user.0)
    .bind(newest - count)
    .bind(names)
    .bind(data)
    .execute(tx)
    .await?;
    Ok(newest.cast_unsigned())
}

/// What is kept of a user's stream.
pub(crate) async fn kept(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<Kept> {
    let (newest, oldest): (Option<i64>, Option<i64>) = sqlx::query_as(
        "SELECT (SELECT seq FROM stream_heads WHERE user_id = $1),
                (SELECT min(seq) FROM stream_messages WHERE user_id = $1)",
    )
    .bind(user.0)
    .fetch_one(db)
    .await?;
    Ok(Kept { newest: newest.unwrap_or(0).cast_unsigned(), oldest: oldest.map(i64::cast_unsigned) })
}

/// The newest committed number of each of these users; users without messages are left out.
pub(crate) async fn newest(pool: &PgPool, users: &[UserId]) -> sqlx::Result<Vec<(UserId, u64)>> {
    let ids: Vec<Uuid> = users.iter().map(|user| user.0).collect();
    let mut tx = purpose::begin(pool, Purpose::LookOut).await?;
    let rows: Vec<(Uuid, i64)> =
        sqlx::query_as("SELECT user_id, seq FROM stream_heads WHERE user_id = ANY ($1)")
            .bind(ids)
            .fetch_all(&mut *tx)
            .await?;
    tx.commit().await?;
    Ok(rows.into_iter().map(|(user, seq)| (UserId(user), seq.cast_unsigned())).collect())
}

/// At most `limit` messages after number `after`, in order.
pub(crate) async fn after(
    db: impl PgExecutor<'_>,
    user: UserId,
    after: u64,
    limit: i64,
) -> sqlx::Result<Vec<StoredMessage>> {
    let rows: Vec<(i64, String, String)> = sqlx::query_as(
        "SELECT seq, type, data::text FROM stream_messages WHERE user_id = $1 AND seq > $2 ORDER BY seq LIMIT $3",
    )
    .bind(user.0)
    .bind(after.cast_signed())
    .bind(limit)
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(seq, name, data)| StoredMessage { seq: seq.cast_unsigned(), name, data })
        .collect())
}

/// Deletes at most `limit` messages that are older than seven days, oldest first. Returns how many.
pub(crate) async fn forget_old(db: impl PgExecutor<'_>, limit: i64) -> sqlx::Result<u64> {
    let deleted = sqlx::query(
        "DELETE FROM stream_messages WHERE (user_id, seq) IN (
             SELECT user_id, seq FROM stream_messages WHERE created_at < now() - interval '7 days'
             ORDER BY created_at, user_id, seq LIMIT $1)",
    )
    .bind(limit)
    .execute(db)
    .await?;
    Ok(deleted.rows_affected())
}
