//! What is left of a password without its padding and its repetitions.

/// Letters and digits only: `p.a.s.s 1` is `pass1`.
pub(super) fn letters_and_digits(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// The runs of letters, each once.
pub(super) fn distinct_words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> =
        text.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The text without any part of the digits and signs before its first and after its last letter: `1pass!!` gives `1pass!!`,
/// `pass!!`, `1pass!`, `pass` and so on. Nothing when it has no letter.
pub(super) fn cores(text: &str) -> impl Iterator<Item = &str> {
    let is_letter = |letter: char| letter.is_alphabetic();
    let first = text.find(is_letter);
    let last = text.char_indices().rfind(|(_, letter)| is_letter(*letter)).map(|(at, c)| at + c.len_utf8());
    let starts = boundaries(text).filter(move |at| first.is_some_and(|first| *at <= first));
    starts.flat_map(move |start| {
        let ends = boundaries(text).filter(move |at| last.is_some_and(|last| *at >= last));
        ends.filter_map(move |end| text.get(start..end))
    })
}

fn boundaries(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()])
}

/// Every beginning that, repeated, gives the whole text, the shortest first and the text itself last; the last repetition may be
/// cut short.
pub(super) fn units(text: &str) -> impl Iterator<Item = &str> {
    boundaries(text)
        .skip(1)
        .filter_map(|at| text.split_at_checked(at))
        .filter(|(unit, rest)| repeats(unit, rest))
        .map(|(unit, _)| unit)
}

fn repeats(unit: &str, mut rest: &str) -> bool {
    while let Some(following) = rest.strip_prefix(unit) {
        rest = following;
    }
    unit.starts_with(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_gives_the_text_when_it_is_repeated() {
        for (text, expected) in [
            ("", &[] as &[&str]),
            ("aaa", &["a", "aa", "aaa"]),
            ("abcabcab", &["abc", "abcabc", "abcabcab"]),
            ("abcd", &["abcd"]),
            ("üöüö", &["üö", "üöüö"]),
            ("abab!", &["abab!"]),
        ] {
            assert_eq!(units(text).collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn cores_keep_every_part_of_the_padding_once() {
        let mut found: Vec<&str> = cores("1päss!?").collect();
        found.sort_unstable();

        assert_eq!(found, ["1päss", "1päss!", "1päss!?", "päss", "päss!", "päss!?"]);
        assert_eq!(cores("123!").count(), 0);
    }

    #[test]
    fn words_are_told_once() {
        assert_eq!(distinct_words("pass1word2pass"), ["pass", "word"]);
        assert_eq!(letters_and_digits("p.ä s-1"), "päs1");
    }
}
