//! Tags: words that group trades.

use super::{ids::TagId, invalid::Invalid, journal, text};
use time::OffsetDateTime;

/// A word that is on trades, or may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its id.
    pub id: TagId,
    /// As it stands on trades; unique among the owner's tags, whatever the capitals.
    pub name: String,
    /// `#rrggbb` in small letters; `None`: the client picks one.
    pub color: Option<String>,
    /// When it was made, or first put on a trade.
    pub created_at: OffsetDateTime,
    /// Grows with every change of the tag itself.
    pub version: i64,
    /// Trades that have it.
    pub trades: i64,
}

/// A name of 1 to 50 characters.
pub fn name(text: &str) -> Result<String, Invalid> {
    text::required_line("name", text, journal::LONGEST_TAG)
}

/// What two spellings of one name have in common.
pub fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// `#rrggbb`, or none (empty).
pub fn color(text: &str) -> Result<Option<String>, Invalid> {
    if text.is_empty() {
        return Ok(None);
    }
    let color = text.to_ascii_lowercase();
    let digits = color.strip_prefix('#').filter(|digits| digits.len() == 6);
    if digits.is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit())) {
        Ok(Some(color))
    } else {
        Err(Invalid::new("color", "must be like #1e90ff"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_color_has_six_hexadecimal_digits() {
        assert_eq!(color("#1E90ff"), Ok(Some("#1e90ff".to_owned())));
        assert_eq!(color(""), Ok(None));
        for wrong in ["1e90ff", "#1e90f", "#1e90fg", "#1e90ff0", "red", "#é1e90"] {
            assert_eq!(color(wrong).unwrap_err().field, "color", "{wrong}");
        }
    }
}
