//! What a trader writes about a trade: notes and tags.

use super::{invalid::Invalid, text};

const LONGEST_NOTES: usize = 100_000;
const MOST_TAGS: usize = 50;
const LONGEST_TAG: usize = 50;

/// Notes and tags of a trade.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    /// Free text.
    pub notes: String,
    /// In the order in which they were given, as they were typed.
    pub tags: Vec<String>,
    /// Grows with every change; 0: nothing was ever written.
    pub version: i64,
}

impl Journal {
    /// This entry, with `other` added: the notes joined with a blank line, the tags united. What it holds already is not
    /// repeated.
    #[must_use]
    pub fn merged_with(self, other: Self) -> Self {
        let notes = match (self.notes.trim(), other.notes.trim()) {
            (_, "") => self.notes,
            ("", _) => other.notes,
            (ours, theirs) if holds(ours, theirs) => self.notes,
            (ours, theirs) => format!("{ours}\n\n{theirs}"),
        };
        let tags = self.tags.into_iter().chain(other.tags);
        Self { notes, tags: without_repeats(tags), version: self.version.max(other.version) + 1 }
    }
}

/// Whether some paragraphs of `notes` are `others`.
fn holds(notes: &str, others: &str) -> bool {
    format!("\n\n{notes}\n\n").contains(&format!("\n\n{others}\n\n"))
}

/// Notes of at most 100,000 characters.
pub fn notes(text: &str) -> Result<String, Invalid> {
    text::lines("notes", text, LONGEST_NOTES)
}

/// At most 50 tags of 1 to 50 characters, trimmed. A tag that differs from an earlier one in capitals only is dropped.
pub fn tags(texts: &[String]) -> Result<Vec<String>, Invalid> {
    let tags = texts.iter().map(|tag| text::required_line("tags", tag, LONGEST_TAG));
    let tags = without_repeats(tags.collect::<Result<Vec<_>, _>>()?);
    if tags.len() > MOST_TAGS {
        return Err(Invalid::new("tags", format!("must be at most {MOST_TAGS}")));
    }
    Ok(tags)
}

fn without_repeats(tags: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    tags.into_iter().filter(|tag| seen.insert(tag.to_lowercase())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(notes: &str, tags: &[&str], version: i64) -> Journal {
        Journal { notes: notes.to_owned(), tags: tags.iter().map(|&tag| tag.to_owned()).collect(), version }
    }

    #[test]
    fn merging_joins_notes_and_unites_tags() {
        let merged = entry("late entry", &["Gap", "news"], 2).merged_with(entry(
            "exit too early",
            &["gap", "fomo"],
            5,
        ));

        assert_eq!(merged, entry("late entry\n\nexit too early", &["Gap", "news", "fomo"], 6));
    }

    #[test]
    fn merging_repeats_nothing() {
        assert_eq!(entry("same", &[], 1).merged_with(entry("same", &[], 1)).notes, "same");
        assert_eq!(entry("a\n\nb", &[], 1).merged_with(entry("b", &[], 1)).notes, "a\n\nb");
        assert_eq!(entry("banana", &[], 1).merged_with(entry("a", &[], 1)).notes, "banana\n\na");
        assert_eq!(entry("", &[], 0).merged_with(entry("only", &[], 1)).notes, "only");
        assert_eq!(entry("only", &[], 1).merged_with(entry(" ", &[], 1)).notes, "only");
    }

    #[test]
    fn tags_are_trimmed_unique_and_as_typed() {
        let typed = ["  Break-Out ", "break-out", "FOMC"].map(str::to_owned);

        assert_eq!(tags(&typed), Ok(vec!["Break-Out".to_owned(), "FOMC".to_owned()]));
    }

    #[test]
    fn too_many_or_malformed_tags_are_refused() {
        let many: Vec<_> = (0..51).map(|n| format!("tag {n}")).collect();
        assert!(tags(&many).is_err());
        for wrong in ["", "  ", "a\0b", "a\nb", &"x".repeat(51)] {
            assert_eq!(tags(&[wrong.to_owned()]).unwrap_err().field, "tags", "{wrong:?}");
        }
    }

    #[test]
    fn notes_may_be_long_but_not_endless() {
        assert!(notes(&"ü".repeat(100_000)).is_ok());
        assert!(notes(&"ü".repeat(100_001)).is_err());
    }
}
