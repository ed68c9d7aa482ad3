//! What a user knows of an API key.

use super::invalid::Invalid;
use identity::Scope;
use time::OffsetDateTime;
use uuid::Uuid;

/// Keys of one user that are not revoked.
pub(crate) const MOST: i64 = 20;

const MAX_CHARACTERS: usize = 100;

/// A key without its secret.
#[derive(Clone, Debug)]
pub(crate) struct ApiKeyEntry {
    pub id: Uuid,
    pub name: String,
    pub scope: Scope,
    pub created_at: OffsetDateTime,
    /// To the minute.
    pub last_used_at: Option<OffsetDateTime>,
    /// `None`: never.
    pub expires_at: Option<OffsetDateTime>,
}

/// What its owner calls a key: one line of 1 to 100 characters, trimmed.
pub(crate) fn name(text: &str) -> Result<String, Invalid> {
    let text = text.trim();
    let expected = if text.is_empty() || text.chars().take(MAX_CHARACTERS + 1).count() > MAX_CHARACTERS {
        "must have 1 to 100 characters"
    } else if text.chars().any(char::is_control) {
        "must not hold control characters"
    } else {
        return Ok(text.to_owned());
    };
    Err(Invalid { field: "name", expected })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_that_can_be_read() {
        assert_eq!(name(" Spreadsheet ").as_deref(), Ok("Spreadsheet"));
        for text in ["", "  ", "a\nb", "a\0", &"ä".repeat(101)] {
            assert_eq!(name(text).unwrap_err().field, "name", "{text:?}");
        }
    }
}
