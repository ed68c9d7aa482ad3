//! Words that whoever knows the user and the product tries first.

use super::{
    common,
    reduced::{distinct_words, letters_and_digits},
};
use unicode_normalization::UnicodeNormalization as _;

const PRODUCT: [&str; 3] = ["tradingjournal", "trading", "journal"];
/// Fewest characters of a word that counts.
const SHORTEST: usize = 3;
/// So many letters and digits besides make a password of its own.
const ENOUGH: usize = 8;

/// The words of one user, the longest first.
#[derive(Debug)]
pub(crate) struct Context {
    words: Vec<String>,
}

impl Context {
    /// From the address and its parts, the name and its parts, and what this product is called.
    pub fn of(email: &str, display_name: &str) -> Self {
        let name = display_name.nfkc().collect::<String>().to_lowercase();
        let (local_part, _) = email.rsplit_once('@').unwrap_or_default();
        let mut words: Vec<String> = PRODUCT.map(str::to_owned).into();
        for text in [email, local_part, &name] {
            words.push(letters_and_digits(text));
            words.extend(text.split(|letter: char| !letter.is_alphanumeric()).map(str::to_owned));
        }
        words.retain(|word| word.chars().count() >= SHORTEST);
        words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        words.dedup();
        Self { words }
    }

    /// True when a password, in lower case, is little more than these words: without them fewer than eight letters and digits
    /// are left, or only digits, or a password that is guessed first itself.
    pub fn makes_up(&self, password: &str) -> bool {
        let spoken = letters_and_digits(password);
        let mut rest = spoken.clone();
        for word in &self.words {
            rest = rest.replace(word.as_str(), " ");
        }
        if rest == spoken {
            return false;
        }
        let left = letters_and_digits(&rest);
        left.chars().count() < ENOUGH || distinct_words(&left).is_empty() || common::is_guessed_first(&left)
    }
}
