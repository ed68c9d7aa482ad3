//! Marks the whole inbox as read.

use crate::{db, error::Error};
use identity::UserId;
use journal_proto::notifications::v1::MarkAllReadResponse;
use sqlx::PgPool;

pub(super) async fn answer(pool: &PgPool, user: UserId) -> Result<MarkAllReadResponse, Error> {
    let marked = db::notifications::mark_all_read(pool, user).await?;
    Ok(MarkAllReadResponse { marked })
}
