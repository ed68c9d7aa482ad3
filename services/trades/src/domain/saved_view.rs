//! Saved views: pages of a client as their owner set them up.

use super::{ids::SavedViewId, invalid::Invalid, text};
use time::OffsetDateTime;

const LONGEST_NAME: usize = 100;
const LONGEST_PAGE: usize = 40;
/// In bytes.
const LONGEST_QUERY: usize = 2_048;

/// A page and what it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// Its id.
    pub id: SavedViewId,
    /// Unique among its owner's views of the page.
    pub name: String,
    /// The client's word for the page; it never changes.
    pub page: String,
    /// The query of a URL: only the client understands it.
    pub query: String,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// Grows with every change.
    pub version: i64,
}

/// A name of 1 to 100 characters.
pub fn name(text: &str) -> Result<String, Invalid> {
    text::required_line("name", text, LONGEST_NAME)
}

/// A word of 1 to 40 small letters, digits and hyphens.
pub fn page(text: &str) -> Result<String, Invalid> {
    let is_word = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if is_word && (1..=LONGEST_PAGE).contains(&text.len()) {
        Ok(text.to_owned())
    } else {
        Err(Invalid::new(
            "page",
            "must be a word such as trades, of up to 40 small letters, digits and hyphens",
        ))
    }
}

/// One line of at most 2 KiB.
pub fn query(text: &str) -> Result<String, Invalid> {
    let line = text::line("query", text, LONGEST_QUERY)?;
    if line.len() > LONGEST_QUERY {
        return Err(Invalid::new("query", format!("must have at most {LONGEST_QUERY} bytes")));
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_a_word_and_a_query_a_line() {
        assert!(page("trades").is_ok() && page("day-2").is_ok());
        for wrong in ["", "Trades", "a b", "/trades", &"a".repeat(41)] {
            assert_eq!(page(wrong).unwrap_err().field, "page", "{wrong}");
        }
        assert!(query(&"x".repeat(2_048)).is_ok());
        for wrong in ["a\nb", &"x".repeat(2_049), &"ü".repeat(1_025)] {
            assert_eq!(query(wrong).unwrap_err().field, "query");
        }
    }
}
