//! Sets how the caller wants to hear of things.

use crate::{db, error::Error};
use identity::UserId;
use journal_proto::notifications::v1::Preferences;
use runtime::{postgres, precondition::Precondition};
use sqlx::PgPool;

pub(super) async fn answer(
    pool: &PgPool,
    user: UserId,
    seen: &Precondition,
    asked: Preferences,
) -> Result<Preferences, Error> {
    let mut tx = postgres::begin_for(pool, user.0).await?;
    let stored = db::preferences::lock(&mut tx, user).await?;
    seen.check(stored.state())?;
    let wanted = stored.with(asked);
    db::preferences::put(&mut *tx, user, wanted).await?;
    tx.commit().await?;
    Ok(wanted.into())
}
