//! The table `trade_attachments`: images, which outlive the trades they are about.

use super::unreadable::unreadable;
use crate::domain::{
    attachment::{Attachment, Image, MOST, MOST_ON_A_TRADE},
    ids::{AccountId, AttachmentId, TradeId},
};
use identity::UserId;
use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    trade_id: Uuid,
    account_id: Uuid,
    file_name: String,
    media_type: String,
    bytes: i64,
    created_at: OffsetDateTime,
}

impl TryFrom<Row> for Attachment {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> sqlx::Result<Self> {
        Ok(Self {
            id: AttachmentId(row.id),
            trade_id: TradeId(row.trade_id),
            account_id: AccountId(row.account_id),
            image: Image::of_media_type(&row.media_type)
                .ok_or_else(|| unreadable("media_type", row.media_type))?,
            file_name: row.file_name,
            bytes: u64::try_from(row.bytes).unwrap_or_default(),
            created_at: row.created_at,
        })
    }
}

/// Stores a new one, unless its trade or its owner has as many as may be; tells whether it did. Whoever calls this holds what is written
/// about the trade.
pub async fn insert(db: impl PgExecutor<'_>, user: UserId, attachment: &Attachment) -> sqlx::Result<bool> {
    let inserted = sqlx::query(
        "INSERT INTO trade_attachments (user_id, id, trade_id, account_id, file_name, media_type, bytes, created_at)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8
         WHERE (SELECT count(*) FROM trade_attachments WHERE user_id = $1 AND trade_id = $3) < $9
           AND (SELECT count(*) FROM trade_attachments WHERE user_id = $1) < $10",
    )
    .bind(user.0)
    .bind(attachment.id.0)
    .bind(attachment.trade_id.0)
    .bind(attachment.account_id.0)
    .bind(&attachment.file_name)
    .bind(attachment.image.media_type())
    .bind(i64::try_from(attachment.bytes).unwrap_or(i64::MAX))
    .bind(attachment.created_at)
    .bind(MOST_ON_A_TRADE)
    .bind(MOST)
    .execute(db)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Those of some trades, oldest first.
pub async fn of(db: impl PgExecutor<'_>, user: UserId, trades: &[TradeId]) -> sqlx::Result<Vec<Attachment>> {
    let trades: Vec<Uuid> = trades.iter().map(|trade| trade.0).collect();
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, trade_id, account_id, file_name, media_type, bytes, created_at FROM trade_attachments
         WHERE user_id = $1 AND trade_id = ANY($2) ORDER BY id",
    )
    .bind(user.0)
    .bind(trades)
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Attachment::try_from).collect()
}

/// All of a user, by id.
pub async fn all(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<Vec<AttachmentId>> {
    let ids: Vec<Uuid> =
        sqlx::query_scalar("SELECT id FROM trade_attachments WHERE user_id = $1 ORDER BY id")
            .bind(user.0)
            .fetch_all(db)
            .await?;
    Ok(ids.into_iter().map(AttachmentId).collect())
}

/// Those of an account.
pub async fn of_account(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
) -> sqlx::Result<Vec<AttachmentId>> {
    let ids: Vec<Uuid> =
        sqlx::query_scalar("SELECT id FROM trade_attachments WHERE user_id = $1 AND account_id = $2")
            .bind(user.0)
            .bind(account.0)
            .fetch_all(db)
            .await?;
    Ok(ids.into_iter().map(AttachmentId).collect())
}

/// Moves those of a trade that vanished to the one that holds the rest of it.
pub async fn follow(
    db: impl PgExecutor<'_>,
    user: UserId,
    vanished: TradeId,
    holder: TradeId,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE trade_attachments SET trade_id = $3 WHERE user_id = $1 AND trade_id = $2")
        .bind(user.0)
        .bind(vanished.0)
        .bind(holder.0)
        .execute(db)
        .await?;
    Ok(())
}

/// Deletes one of some trades; tells whether it was there.
pub async fn delete(
    db: impl PgExecutor<'_>,
    user: UserId,
    trades: &[TradeId],
    id: AttachmentId,
) -> sqlx::Result<bool> {
    let trades: Vec<Uuid> = trades.iter().map(|trade| trade.0).collect();
    let deleted =
        sqlx::query("DELETE FROM trade_attachments WHERE user_id = $1 AND id = $2 AND trade_id = ANY($3)")
            .bind(user.0)
            .bind(id.0)
            .bind(trades)
            .execute(db)
            .await?;
    Ok(deleted.rows_affected() == 1)
}
