//! Exports of everything that a user has.

use super::ids::ExportId;
use time::OffsetDateTime;

/// Services that hand in a part: auth (`account`) and notifications (`inbox`). What is here needs no event, and analytics has nothing
/// that does not follow from what is here.
pub const PARTS: usize = 2;

/// How far an export is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Parts are missing, or are being put together.
    Running,
    /// The file is there.
    Completed,
    /// There will be none.
    Failed,
}

impl Status {
    /// The word in the database and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Completed => "completed",
            Self::Failed => "failed",
        }
    }

    /// The status of this word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Running, Self::Completed, Self::Failed].into_iter().find(|status| status.as_str() == word)
    }
}

/// An export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Its id.
    pub id: ExportId,
    /// How far it is.
    pub status: Status,
    /// Of the file; 0 before there is one.
    pub bytes: u64,
    /// When it was asked for.
    pub created_at: OffsetDateTime,
    /// When it completed or failed.
    pub finished_at: Option<OffsetDateTime>,
    /// When it is deleted.
    pub expires_at: OffsetDateTime,
}
