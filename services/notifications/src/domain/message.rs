//! A live message: what a user's screens hear as it happens. Field names are the API's.

use super::{
    import::FinishedImport,
    notice::Notification,
    trade::{ChangedTrade, Status},
};
use serde_json::{Value, json};
use uuid::Uuid;

/// A live message that has no number yet.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Message {
    /// The message's `type`.
    pub name: &'static str,
    /// Its `data`, an object.
    pub data: Value,
}

/// The first message of a subscription, which is never stored and has number 0.
pub(crate) const HELLO: &str = "hello";

impl Message {
    /// A worker got further with an import: percent done, rows read so far.
    pub fn import_progress(
        import_id: Uuid,
        account_id: Uuid,
        file_name: &str,
        progress: u32,
        rows_read: u64,
    ) -> Self {
        let data = json!({
            "import_id": import_id, "account_id": account_id, "file_name": file_name,
            "progress": progress.min(100), "rows_read": rows_read,
        });
        Self { name: "import.progress", data }
    }

    /// A worker is done with an import.
    pub fn import_finished(import: &FinishedImport) -> Self {
        Self { name: "import.finished", data: json!(import) }
    }

    /// A trade was opened, or an open one changed; or one is closed now.
    pub fn trade(trade: &ChangedTrade) -> Self {
        let name = match trade.status {
            Status::Open => "trade.opened",
            Status::Closed => "trade.closed",
        };
        Self { name, data: json!(trade) }
    }

    /// The statistics of an account include its trades up to `revision`.
    pub fn statistics_updated(account_id: Uuid, revision: i64, import_id: Option<Uuid>) -> Self {
        let data = json!({ "account_id": account_id, "revision": revision, "import_id": import_id });
        Self { name: "statistics.updated", data }
    }

    /// There is something new in the inbox.
    pub fn notification_created(notification: &Notification) -> Self {
        Self { name: "notification.created", data: json!(notification) }
    }

    /// A session ended: whoever listens in its name must stop.
    pub fn session_revoked(session_id: Uuid, reason: &str) -> Self {
        Self { name: "session.revoked", data: json!({ "session_id": session_id, "reason": reason }) }
    }
}
