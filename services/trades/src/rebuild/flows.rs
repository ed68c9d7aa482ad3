//! Tells others which deposits and withdrawals came or went.

use super::Cause;
use crate::{db, domain::ids::EventId, error::Result, wire};
use journal_proto::trades::v1::CashFlowsChanged;
use sqlx::PgConnection;

/// Flows of one message.
const CHUNK: usize = 500;

/// Appends one or more [`CashFlowsChanged`] of one revision for the flows that nobody was told of, and those that are
/// `gone`; none where there are neither.
pub(super) async fn announce(tx: &mut PgConnection, cause: Cause<'_>, gone: &[EventId]) -> Result<()> {
    let (user, account) = (cause.user, cause.account.id);
    if gone.is_empty() && !db::account_events::has_untold_flows(&mut *tx, user, account).await? {
        return Ok(());
    }
    let revision = db::accounts::next_revision(&mut *tx, user, account).await?;
    let told = db::account_events::tell_flows(&mut *tx, user, account, revision).await?;
    let messages = told.len().max(gone.len()).div_ceil(CHUNK);
    let (mut told_chunks, mut gone_chunks) = (told.chunks(CHUNK), gone.chunks(CHUNK));
    for message in 1..=messages {
        let changed = told_chunks.next().unwrap_or_default();
        let removed = gone_chunks.next().unwrap_or_default();
        let event = CashFlowsChanged {
            user_id: user.to_string(),
            account_id: account.to_string(),
            revision,
            changed: changed.iter().map(wire::cash_flow).collect(),
            removed: removed.iter().map(ToString::to_string).collect(),
            import_id: cause.import.map(|import| import.to_string()).unwrap_or_default(),
            last: message == messages,
            changed_total: told.len() as u64,
        };
        events::outbox::append(&mut *tx, &event).await?;
    }
    Ok(())
}
