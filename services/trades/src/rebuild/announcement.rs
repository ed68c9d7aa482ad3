//! Tells others which trades changed.

use super::{Cause, Rebuilt};
use crate::{db, error::Result, wire};
use journal_proto::trades::v1::TradesChanged;
use sqlx::PgConnection;

/// Trades of one message.
const CHUNK: usize = 500;

/// Appends one or more [`TradesChanged`] of the same revision, unless nothing changed.
pub(super) async fn announce(
    tx: &mut PgConnection,
    cause: Cause<'_>,
    revision: i64,
    rebuilt: &Rebuilt,
) -> Result<()> {
    let (changed, removed) = (rebuilt.written_ids(), rebuilt.vanished_ids());
    let messages = changed.len().max(removed.len()).div_ceil(CHUNK);
    let (mut changed_chunks, mut removed_chunks) = (changed.chunks(CHUNK), removed.chunks(CHUNK));
    for message in 1..=messages {
        let trades = match changed_chunks.next() {
            Some(ids) => db::trades::by_ids(&mut *tx, cause.user, ids).await?,
            None => Vec::new(),
        };
        let removed = removed_chunks.next().unwrap_or_default();
        let event = TradesChanged {
            user_id: cause.user.to_string(),
            account_id: cause.account.id.to_string(),
            revision,
            changed: trades.into_iter().map(wire::trade).collect(),
            removed: removed.iter().map(ToString::to_string).collect(),
            import_id: cause.import.map(|import| import.to_string()).unwrap_or_default(),
            last: message == messages,
            changed_at: Some(wire::timestamp(cause.now)),
            changed_total: changed.len() as u64,
        };
        events::outbox::append(&mut *tx, &event).await?;
    }
    Ok(())
}
