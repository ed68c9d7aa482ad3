//! Marks one notification as read. Again is fine.

use crate::{db, error::Error};
use identity::UserId;
use journal_proto::notifications::v1::{MarkReadRequest, MarkReadResponse};
use runtime::postgres;
use sqlx::PgPool;

pub(super) async fn answer(
    pool: &PgPool,
    user: UserId,
    request: &MarkReadRequest,
) -> Result<MarkReadResponse, Error> {
    // What is no id names no notification.
    let id = request.notification_id.parse().map_err(|_| Error::NotificationNotFound)?;
    let mut tx = postgres::begin_for(pool, user.0).await?;
    if !db::notifications::mark_read(&mut *tx, user, id).await? {
        return Err(Error::NotificationNotFound);
    }
    tx.commit().await?;
    Ok(MarkReadResponse {})
}
