//! What stands in the inbox, in plain words.

use super::import::{Fills, FinishedImport, Status, Trades};
use serde::Serialize;
use time::OffsetDateTime;
use uuid::Uuid;

/// Longest file or account name that a sentence quotes, in characters.
const LONGEST_NAME: usize = 80;

/// Something worth telling a user who may be away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    /// `import-finished`, `import-failed`, `export-finished`, `export-failed` or `session-reused`.
    pub kind: &'static str,
    /// A few words.
    pub title: String,
    /// One or two sentences.
    pub body: String,
    /// The import, the export, or the session.
    pub subject_id: Uuid,
    /// Of an import that completed.
    pub brought: Option<Brought>,
}

/// What an import brought, to be added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Brought {
    /// Fills that the journal did not know.
    pub new_fills: u64,
    /// Figures of the file that are not the journal's.
    pub differences: u64,
}

/// A notice in somebody's inbox. Serialised, it is the data of `notification.created`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Notification {
    pub id: Uuid,
    pub kind: String,
    pub title: String,
    pub body: String,
    pub subject_id: Uuid,
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339::option")]
    pub read_at: Option<OffsetDateTime>,
}

impl Notice {
    /// Of an import that completed or failed; any other state is no news.
    pub fn of_import(import: &FinishedImport) -> Option<Self> {
        let (file, account) = (quoted(&import.file_name), quoted(&import.account_name));
        let (kind, title, body) = match import.status {
            Status::Completed => {
                let (fills, trades) = (fills(import.fills), trades(import.trades));
                let body = format!("{file} imported into {account}: {fills}{trades}.{}", rejected(import));
                ("import-finished", format!("{file} imported"), body)
            }
            Status::Failed => {
                let cause = import.failure.as_deref().unwrap_or("The cause is not known.");
                let body = format!("{file} could not be imported into {account}. {cause}");
                ("import-failed", format!("{file} could not be imported"), body)
            }
            Status::Queued | Status::Running | Status::Undone => return None,
        };
        let brought = (import.status == Status::Completed)
            .then_some(Brought { new_fills: import.fills.new, differences: import.differences });
        Some(Self { kind, title, body, subject_id: import.id, brought })
    }

    /// Of an export that completed, or failed.
    pub fn of_export(export_id: Uuid, completed: bool) -> Self {
        let (kind, title, body) = if completed {
            (
                "export-finished",
                "Your export is ready",
                "Everything that you have here is in one ZIP file, which can be downloaded for seven days.",
            )
        } else {
            ("export-failed", "Your export could not be made", "It is our fault. Nothing is lost: try again.")
        };
        Self { kind, title: title.to_owned(), body: body.to_owned(), subject_id: export_id, brought: None }
    }

    /// Of a session that was ended for `reason`; only one that may have been stolen is news.
    pub fn of_ended_session(session_id: Uuid, device_name: &str, reason: &str) -> Option<Self> {
        let device = match quoted(device_name) {
            name if name.is_empty() => "one of your devices".to_owned(),
            name => name,
        };
        (reason == "refresh-token-reuse").then(|| Self {
            kind: "session-reused",
            title: "A session was ended for your safety".to_owned(),
            body: format!(
                "The key that keeps {device} signed in was used twice, as if somebody had a copy of it. Sign in again there; \
                 if it happens again, set a new password."
            ),
            subject_id: session_id,
            brought: None,
        })
    }
}

fn fills(fills: Fills) -> String {
    let words = match (fills.new, fills.known) {
        (0, 0) => "no new fills".to_owned(),
        (0, known) => format!("nothing new, {} known already", count(known, "fill")),
        (new, 0) => count(new, "new fill"),
        (new, known) => format!("{}, {known} known", count(new, "new fill")),
    };
    match fills.changed {
        0 => words,
        changed => format!("{words}, {changed} unlike what is stored"),
    }
}

fn trades(trades: Trades) -> String {
    let parts = [(trades.opened, "opened"), (trades.changed, "changed"), (trades.closed, "closed")];
    let parts: Vec<_> = parts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, verb)| format!("{} {verb}", count(*n, "trade")))
        .collect();
    if parts.is_empty() { String::new() } else { format!("; {}", parts.join(", ")) }
}

fn rejected(import: &FinishedImport) -> String {
    match import.rows.rejected {
        0 => String::new(),
        rows => format!(" {} could not be read: the import says which.", count(rows, "row")),
    }
}

/// A number of things: "1 trade", "2 trades".
pub(crate) fn count(n: u64, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// A name as a sentence can hold it: on one line, and not endless.
fn quoted(name: &str) -> String {
    let mut letters = name.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut quoted: String = letters.by_ref().take(LONGEST_NAME).collect();
    if letters.next().is_some() {
        quoted.push('…');
    }
    quoted
}

#[cfg(test)]
mod tests;
