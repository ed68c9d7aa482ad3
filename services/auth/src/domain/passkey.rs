//! Passkeys: what their owners call them, and what is known of them.

use super::{display_name, invalid::Invalid};
use time::OffsetDateTime;
use uuid::Uuid;

/// A user has so many at most.
pub(crate) const MOST: i64 = 20;
/// What has begun can be finished for so many seconds.
pub(crate) const CEREMONY_SECONDS: u32 = 300;

/// A passkey as its owner sees it.
#[derive(Debug)]
pub(crate) struct Passkey {
    pub id: Uuid,
    pub name: String,
    pub created_at: OffsetDateTime,
    /// `None`: it has not signed anybody in.
    pub last_used_at: Option<OffsetDateTime>,
}

/// One line of at most 100 characters, trimmed; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PasskeyName(String);

impl PasskeyName {
    /// Trims and checks; an empty one becomes "Passkey".
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let name = display_name::line("name", text)?;
        Ok(Self(if name.is_empty() { "Passkey".to_owned() } else { name }))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_line_and_never_empty() {
        assert_eq!(PasskeyName::parse(" Phone ").unwrap().as_str(), "Phone");
        assert_eq!(PasskeyName::parse(" ").unwrap().as_str(), "Passkey");
        assert_eq!(PasskeyName::parse("a\nb").unwrap_err().field, "name");
        assert!(PasskeyName::parse(&"x".repeat(101)).is_err());
    }
}
