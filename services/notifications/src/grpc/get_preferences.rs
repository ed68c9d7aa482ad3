//! How the caller wants to hear of things.

use crate::{db, error::Error};
use identity::UserId;
use journal_proto::notifications::v1::Preferences;
use runtime::postgres;
use sqlx::PgPool;

pub(super) async fn answer(pool: &PgPool, user: UserId) -> Result<Preferences, Error> {
    let mut tx = postgres::begin_for(pool, user.0).await?;
    let stored = db::preferences::get(&mut *tx, user).await?;
    tx.commit().await?;
    Ok(stored.into())
}
