//! How a user wants to be called.

use super::invalid::Invalid;

const MAX_CHARACTERS: usize = 100;

/// One line of at most 100 characters, trimmed; may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DisplayName(String);

impl DisplayName {
    /// Trims and checks.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        line("display_name", text).map(Self)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One line of at most 100 characters, trimmed; `field` is its name in the request.
pub(super) fn line(field: &'static str, text: &str) -> Result<String, Invalid> {
    let text = text.trim();
    let expected = if text.chars().take(MAX_CHARACTERS + 1).count() > MAX_CHARACTERS {
        "must have at most 100 characters"
    } else if text.chars().any(char::is_control) {
        "must not hold control characters"
    } else {
        return Ok(text.to_owned());
    };
    Err(Invalid { field, expected })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_trimmed_line_of_a_hundred_characters() {
        assert_eq!(DisplayName::parse(" Ada ").unwrap().as_str(), "Ada");
        assert_eq!(DisplayName::parse("").unwrap().as_str(), "");
        assert!(DisplayName::parse(&"ä".repeat(100)).is_ok());
        assert!(DisplayName::parse(&"ä".repeat(101)).is_err());
        assert!(DisplayName::parse("Ada\0Lovelace").is_err());
        assert!(DisplayName::parse("Ada\nLovelace").is_err());
    }
}
