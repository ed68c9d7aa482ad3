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
    preferences: Preferences,
) -> Result<Preferences, Error> {
    let mut tx = postgres::begin_for(pool, user.0).await?;
    let stored = db::preferences::lock(&mut tx, user).await?;
    // There is nothing to the preferences but what they say: that is their state.
    seen.check(u8::from(stored))?;
    db::preferences::put(&mut *tx, user, preferences.email_import_finished).await?;
    tx.commit().await?;
    Ok(preferences)
}
