//! Sets how the caller wants to hear of things.

use crate::{db, error::Error};
use identity::UserId;
use journal_proto::notifications::v1::Preferences;
use sqlx::PgPool;

pub(super) async fn answer(
    pool: &PgPool,
    user: UserId,
    preferences: Preferences,
) -> Result<Preferences, Error> {
    db::preferences::put(pool, user, preferences.email_import_finished).await?;
    Ok(preferences)
}
