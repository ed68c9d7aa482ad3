//! The passwords that are guessed first, and what people make of them to reach fifteen characters.

use super::reduced::{cores, distinct_words, letters_and_digits, units};

/// The 100,000 most common passwords, and all others of the million most common that have 15 characters: in lower case and
/// NFKC, sorted by bytes, one a line (docs/decisions/0020-which-passwords-are-refused.md).
pub(super) const LIST: &str = include_str!("common.txt");

/// Fewest characters of an entry that counts as the core of a longer password: shorter ones are in every password.
const SHORTEST_CORE: usize = 4;

/// True when a password, in lower case, is on the list; or is one of the list repeated, with digits and signs around it or
/// between its repetitions; or repeats four characters or fewer.
pub(super) fn is_guessed_first(password: &str) -> bool {
    let spoken = letters_and_digits(password);
    is_simple(password) || is_simple(&spoken) || is_one_word(password)
}

fn is_simple(text: &str) -> bool {
    let is_short = |unit: &str| unit.len() < text.len() && unit.chars().count() <= SHORTEST_CORE;
    units(text).any(|unit| is_short(unit) || is_listed(unit)) || cores(text).any(is_listed_word)
}

/// One listed word, again and again, whatever digits and signs stand between.
fn is_one_word(text: &str) -> bool {
    let words = distinct_words(text);
    matches!(words.as_slice(), [word] if is_listed_word(word))
}

fn is_listed_word(text: &str) -> bool {
    units(text).any(|unit| unit.chars().count() >= SHORTEST_CORE && is_listed(unit))
}

/// A binary search in the text itself: nothing is built, nothing is copied.
fn is_listed(text: &str) -> bool {
    let mut rest = LIST;
    while !rest.is_empty() {
        let middle = rest.floor_char_boundary(rest.len() / 2);
        let (before, after) = rest.split_at(middle);
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let end = after.find('\n').map_or(rest.len(), |newline| middle + newline);
        let (line, following) = (rest.get(start..end), rest.get(end + 1..));
        match line.map(|line| text.as_bytes().cmp(line.as_bytes())) {
            Some(std::cmp::Ordering::Equal) => return true,
            Some(std::cmp::Ordering::Less) => rest = rest.get(..start).unwrap_or_default(),
            Some(std::cmp::Ordering::Greater) => rest = following.unwrap_or_default(),
            None => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_holds_a_hundred_thousand() {
        assert!(LIST.lines().is_sorted_by(|a, b| a.as_bytes() < b.as_bytes()));
        assert_eq!(LIST.lines().count(), 106_176);
    }

    #[test]
    fn each_entry_is_found_and_nothing_else() {
        for entry in LIST.lines() {
            assert!(is_listed(entry), "{entry}");
        }
        for missing in ["", "\n", "!", "password\n", "passwore", "\u{10ffff}", "zzzzzzzzzzzzzzzzzzzzzzzz"] {
            assert!(!is_listed(missing), "{missing:?}");
        }
    }
}
