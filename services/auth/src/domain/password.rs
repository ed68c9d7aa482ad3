//! Passwords: what may be chosen, and what is worth hashing.

mod common;
mod context;
mod reduced;

pub(crate) use context::Context;

use super::invalid::Invalid;
use secrecy::{ExposeSecret as _, SecretString};
use unicode_normalization::UnicodeNormalization as _;

/// Fewest and most characters (code points after normalisation) of a chosen password.
const LENGTH: std::ops::RangeInclusive<usize> = 15..=128;
/// More than any password of [`LENGTH`] needs: beyond, nothing is looked at, let alone hashed.
const MAX_BYTES: usize = 1024;

/// A password as a person typed it, in Unicode's form NFKC: keyboards differ in how they compose an "ü". Never shown, and
/// wiped from memory when dropped.
#[derive(Debug)]
pub(crate) struct Password(SecretString);

impl Password {
    /// A new password: 15 to 128 characters, any that can be typed, but none that is guessed first. `field` is its name in the
    /// request.
    pub fn chosen(field: &'static str, text: String, context: &Context) -> Result<Self, Invalid> {
        let password = Self::presented(field, text)?;
        let text = password.0.expose_secret();
        let invalid = |expected| Err(Invalid { field, expected });
        if !LENGTH.contains(&text.chars().count()) {
            return invalid("must have 15 to 128 characters");
        }
        if text.chars().any(char::is_control) {
            return invalid("must not hold control characters");
        }
        let folded = SecretString::from(text.to_lowercase());
        if common::is_guessed_first(folded.expose_secret()) {
            return invalid(
                "must not be a common password, nor one that is repeated or only padded with digits and signs",
            );
        }
        if context.makes_up(folded.expose_secret()) {
            return invalid("must be more than your address, your name or the name of this product");
        }
        Ok(password)
    }

    /// A password that claims to be the right one: anything up to 1 KiB, as the rules may have been others once.
    pub fn presented(field: &'static str, text: String) -> Result<Self, Invalid> {
        let typed = SecretString::from(text);
        if typed.expose_secret().len() > MAX_BYTES {
            return Err(Invalid { field, expected: "must have at most 1024 bytes" });
        }
        Ok(Self(SecretString::from(typed.expose_secret().nfkc().collect::<String>())))
    }

    /// What is hashed.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.expose_secret().as_bytes()
    }
}

#[cfg(test)]
mod tests;
