//! The inbox, newest first.

use crate::{
    db,
    domain::{cursor, notice},
    error::Error,
};
use identity::UserId;
use journal_proto::{
    Timestamp,
    notifications::v1::{ListNotificationsRequest, ListNotificationsResponse, Notification},
};
use runtime::postgres;
use sqlx::PgPool;
use time::OffsetDateTime;

pub(super) async fn answer(
    pool: &PgPool,
    user: UserId,
    request: ListNotificationsRequest,
) -> Result<ListNotificationsResponse, Error> {
    let limit = cursor::limit(request.limit)?;
    let before = cursor::parse(&request.cursor)?;

    let mut tx = postgres::snapshot_for(pool, user.0).await?;
    let found = db::notifications::list(&mut *tx, user, before, request.unread_only, limit.into()).await?;
    let unread = db::notifications::unread(&mut *tx, user).await?;
    tx.commit().await?;

    // A full page may have a successor; whether it is empty is seen when it is asked for.
    let full = found.len() == usize::try_from(limit).unwrap_or(usize::MAX);
    let last = found.last().filter(|_| full);
    let next_cursor = last.map(|last| cursor::after(last.id)).unwrap_or_default();
    Ok(ListNotificationsResponse {
        notifications: found.into_iter().map(wire).collect(),
        next_cursor,
        unread,
    })
}

fn wire(notification: notice::Notification) -> Notification {
    let notice::Notification { id, kind, title, body, subject_id, created_at, read_at } = notification;
    Notification {
        id: id.to_string(),
        kind,
        title,
        body,
        subject_id: subject_id.to_string(),
        created_at: Some(timestamp(created_at)),
        read_at: read_at.map(timestamp),
    }
}

fn timestamp(at: OffsetDateTime) -> Timestamp {
    Timestamp { seconds: at.unix_timestamp(), nanos: at.nanosecond().cast_signed() }
}
