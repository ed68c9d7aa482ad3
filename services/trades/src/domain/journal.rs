//! What a trader writes about a trade: notes, tags and labels.

use super::{invalid::Invalid, labels::Labels, tag::folded, text};

const LONGEST_NOTES: usize = 100_000;
/// Tags of one trade.
pub(super) const MOST_TAGS: usize = 50;
/// Characters of a tag.
pub(super) const LONGEST_TAG: usize = 50;
const LONGEST_MISTAKE: usize = 100;

/// Notes, tags and labels of a trade.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    /// Free text.
    pub notes: String,
    /// In the order in which they were given, as they were typed.
    pub tags: Vec<String>,
    /// What else it is sorted by.
    pub labels: Labels,
    /// Grows with every change; 0: nothing was ever written.
    pub version: i64,
}

impl Journal {
    /// This entry, with `other` added: the notes joined with a blank line, the tags united, the labels completed. What it holds
    /// already is not repeated.
    #[must_use]
    pub fn merged_with(self, other: Self) -> Self {
        let notes = match (self.notes.trim(), other.notes.trim()) {
            (_, "") => self.notes,
            ("", _) => other.notes,
            (ours, theirs) if holds(ours, theirs) => self.notes,
            (ours, theirs) => format!("{ours}\n\n{theirs}"),
        };
        let tags = self.tags.into_iter().chain(other.tags);
        Self {
            notes,
            tags: without_repeats(tags),
            labels: self.labels.merged_with(other.labels),
            version: self.version.max(other.version) + 1,
        }
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
pub fn tags(field: &'static str, texts: &[String]) -> Result<Vec<String>, Invalid> {
    words(field, texts, LONGEST_TAG)
}

/// At most 50 mistakes of 1 to 100 characters, likewise.
pub fn mistakes(texts: &[String]) -> Result<Vec<String>, Invalid> {
    words("mistakes", texts, LONGEST_MISTAKE)
}

fn words(field: &'static str, texts: &[String], longest: usize) -> Result<Vec<String>, Invalid> {
    let words = texts.iter().map(|word| text::required_line(field, word, longest));
    let words = without_repeats(words.collect::<Result<Vec<_>, _>>()?);
    if words.len() > MOST_TAGS {
        return Err(Invalid::new(field, format!("must be at most {MOST_TAGS}")));
    }
    Ok(words)
}

pub(super) fn without_repeats(words: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    words.into_iter().filter(|word| seen.insert(folded(word))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(notes: &str, tags: &[&str], version: i64) -> Journal {
        Journal {
            notes: notes.to_owned(),
            tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
            version,
            ..Journal::default()
        }
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

        assert_eq!(tags("tags", &typed), Ok(vec!["Break-Out".to_owned(), "FOMC".to_owned()]));
    }

    #[test]
    fn too_many_or_malformed_tags_are_refused() {
        let many: Vec<_> = (0..51).map(|n| format!("tag {n}")).collect();
        assert!(tags("tags", &many).is_err());
        for wrong in ["", "  ", "a\0b", "a\nb", &"x".repeat(51)] {
            assert_eq!(tags("tags", &[wrong.to_owned()]).unwrap_err().field, "tags", "{wrong:?}");
        }
    }

    #[test]
    fn notes_may_be_long_but_not_endless() {
        assert!(notes(&"ü".repeat(100_000)).is_ok());
        assert!(notes(&"ü".repeat(100_001)).is_err());
    }
}
