//! Templates: texts that a note may begin with.

use super::{ids::TemplateId, invalid::Invalid, text};
use time::OffsetDateTime;

const LONGEST_NAME: usize = 100;
const LONGEST_BODY: usize = 20_000;

/// A text under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its id.
    pub id: TemplateId,
    /// Unique among the owner's templates.
    pub name: String,
    /// Markdown.
    pub body: String,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// Grows with every change.
    pub version: i64,
}

/// A name of 1 to 100 characters.
pub fn name(text: &str) -> Result<String, Invalid> {
    text::required_line("name", text, LONGEST_NAME)
}

/// A body of at most 20,000 characters.
pub fn body(text: &str) -> Result<String, Invalid> {
    text::lines("body", text, LONGEST_BODY)
}
