//! Hands in what notifications has of a user, for an export.

use events::{Consumer, Failure, portions};
use journal_proto::trades::v1::{ExportPartWritten, ExportRequested};
use sqlx::PgConnection;

use crate::domain::subject;

pub(super) struct ExportInbox;

const FILES: [portions::File; 2] = [
    (
        "inbox/notifications",
        "SELECT id, kind, title, body, subject_id, created_at, read_at, new_fills, differences FROM notifications
         WHERE user_id = acting_user() ORDER BY id",
    ),
    ("inbox/preferences", "SELECT * FROM preferences WHERE user_id = acting_user()"),
];

impl Consumer for ExportInbox {
    const QUEUE: &'static str = "notifications.export-inbox";
    type Event = ExportRequested;

    async fn handle(&self, event: ExportRequested, tx: &mut PgConnection) -> Result<(), Failure> {
        if subject::present(&mut *tx, &event.user_id).await?.is_none() {
            return Ok(());
        }
        portions::hand_in(tx, &FILES, |portion| ExportPartWritten {
            user_id: event.user_id.clone(),
            export_id: event.export_id.clone(),
            part: "inbox".to_owned(),
            sequence: portion.sequence,
            last: portion.is_last,
            file: portion.file.to_owned(),
            lines: portion.lines,
        })
        .await?;
        Ok(())
    }
}
