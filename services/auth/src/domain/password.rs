//! Passwords: what may be chosen, and what is worth hashing.

use super::invalid::Invalid;
use secrecy::{ExposeSecret as _, SecretString};

/// Fewest and most characters (code points) of a chosen password.
const LENGTH: std::ops::RangeInclusive<usize> = 15..=128;
/// More than any password of [`LENGTH`] has: beyond, nothing is looked at, let alone hashed.
const MAX_BYTES: usize = 1024;

/// A password as a person typed it. Never shown, and wiped from memory when dropped.
#[derive(Debug)]
pub(crate) struct Password(SecretString);

impl Password {
    /// A new password: 15 to 128 characters, any that can be typed.
    pub fn chosen(text: String) -> Result<Self, Invalid> {
        let password = Self::presented(text)?;
        let text = password.0.expose_secret();
        if !LENGTH.contains(&text.chars().count()) {
            return Err(invalid("must have 15 to 128 characters"));
        }
        if text.chars().any(char::is_control) {
            return Err(invalid("must not hold control characters"));
        }
        Ok(password)
    }

    /// A password that claims to be the right one: anything up to 1 KiB, as the rules may have been others once.
    pub fn presented(text: String) -> Result<Self, Invalid> {
        let secret = SecretString::from(text);
        if secret.expose_secret().len() > MAX_BYTES {
            return Err(invalid("must have at most 1024 bytes"));
        }
        Ok(Self(secret))
    }

    /// What is hashed.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.expose_secret().as_bytes()
    }
}

fn invalid(expected: &'static str) -> Invalid {
    Invalid { field: "password", expected }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_not_bytes() {
        assert!(Password::chosen("ü".repeat(14)).is_err());
        assert!(Password::chosen("ü".repeat(15)).is_ok());
        assert!(Password::chosen("🔑".repeat(128)).is_ok());
        assert!(Password::chosen("🔑".repeat(129)).is_err());
    }

    #[test]
    fn any_character_that_can_be_typed_is_welcome() {
        assert!(Password::chosen("   all spaces  ok".to_owned()).is_ok());
        assert!(Password::chosen("aaaaaaaaaaaaaaa".to_owned()).is_ok());
        assert!(Password::chosen("fifteen letters\0".to_owned()).is_err());
    }

    #[test]
    fn more_than_a_kibibyte_is_not_even_tried() {
        assert!(Password::presented("x".repeat(1024)).is_ok());
        assert!(Password::presented("x".repeat(1025)).is_err());
    }

    #[test]
    fn a_password_is_not_shown() {
        let password = Password::presented("correct horse".to_owned()).unwrap();

        assert!(!format!("{password:?}").contains("horse"));
    }
}
