//! Tells that an account's statistics show a revision, once all its messages have been applied.

use crate::db::revisions::{self, Part};
use events::{Failure, outbox};
use journal_proto::{Timestamp, analytics::v1::StatisticsUpdated};
use runtime::Clock;
use sqlx::PgConnection;

/// Counts a part of the revision of `total` changes, and appends [`StatisticsUpdated`] when it was the one missing.
pub(super) async fn tell_when_complete(
    tx: &mut PgConnection,
    clock: &Clock,
    part: Part,
    total: u64,
    import_id: String,
) -> Result<(), Failure> {
    if !revisions::complete(&mut *tx, &part, total).await? {
        return Ok(());
    }
    let now = clock.now();
    let updated = StatisticsUpdated {
        user_id: part.user_id.to_string(),
        account_id: part.account_id.to_string(),
        revision: part.revision,
        import_id,
        updated_at: Some(Timestamp {
            seconds: now.unix_timestamp(),
            nanos: i32::try_from(now.nanosecond()).unwrap_or_default(),
        }),
    };
    outbox::append(tx, &updated).await?;
    Ok(())
}
