//! Marks the whole inbox as read.

use crate::{db, error::Error};
use identity::UserId;
use journal_proto::notifications::v1::MarkAllReadResponse;
use runtime::postgres;
use sqlx::PgPool;

pub(super) async fn answer(pool: &PgPool, user: UserId) -> Result<MarkAllReadResponse, Error> {
    let mut tx = postgres::begin_for(pool, user.0).await?;
    let marked = db::notifications::mark_all_read(&mut *tx, user).await?;
    tx.commit().await?;
    Ok(MarkAllReadResponse { marked })
}
