//! Codes for whoever lost the authenticator app: 100 random bits, of which only a hash is stored.

use identity::UserId;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};

/// How many a user is given.
pub(crate) const COUNT: usize = 10;
/// Five bits each.
const CHARACTERS: usize = 20;
/// Characters between two hyphens.
const GROUP: usize = 5;
/// Digits and letters that are not mistaken for one another (Crockford's base32, in lower case).
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A code without its hyphens.
#[derive(Debug)]
pub(crate) struct RecoveryCode(SecretString);

impl RecoveryCode {
    /// A new one.
    pub fn generate() -> Self {
        let random: [u8; CHARACTERS] = rand::random();
        // 256 is a multiple of 32: every character is as likely as any other.
        let letters = random.iter().filter_map(|byte| ALPHABET.get(usize::from(byte % 32)));
        Self(SecretString::from(letters.map(|letter| char::from(*letter)).collect::<String>()))
    }

    /// What somebody typed, with whatever hyphens, blanks and capitals; `None` for what we never issued.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > 4 * CHARACTERS {
            return None;
        }
        let letters = text.chars().filter(|letter| !matches!(letter, '-' | ' '));
        let letters: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
        let is_ours = letters.len() == CHARACTERS && letters.bytes().all(|byte| ALPHABET.contains(&byte));
        is_ours.then(|| Self(SecretString::from(letters)))
    }

    /// What its owner is shown: `xxxxx-xxxxx-xxxxx-xxxxx`.
    pub fn to_text(&self) -> String {
        let letters: Vec<char> = self.0.expose_secret().chars().collect();
        letters.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    }

    /// What is stored. A slow hash would protect guessable secrets; this one is not.
    pub fn hash(&self, owner: UserId) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(owner.0.as_bytes());
        hash.update(self.0.expose_secret());
        hash.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const OWNER: UserId = UserId(Uuid::from_u128(1));

    #[test]
    fn what_is_shown_is_taken_however_it_is_typed() {
        let code = RecoveryCode::generate();
        let shown = code.to_text();
        assert_eq!(shown.len(), 23, "{shown}");

        for typed in [shown.clone(), shown.to_uppercase(), shown.replace('-', ""), format!(" {shown} ")] {
            assert_eq!(RecoveryCode::parse(&typed).unwrap().hash(OWNER), code.hash(OWNER), "{typed}");
        }
    }

    #[test]
    fn what_was_never_issued_is_none() {
        let shown = RecoveryCode::generate().to_text();

        for text in
            ["", "123456", "\0", &shown[1..], &format!("{shown}0"), &"u".repeat(20), &"0".repeat(1 << 20)]
        {
            assert!(RecoveryCode::parse(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn one_code_of_two_users_has_two_hashes() {
        let code = RecoveryCode::generate();

        assert_ne!(code.hash(OWNER), code.hash(UserId(Uuid::from_u128(2))));
    }

    #[test]
    fn a_code_is_not_shown_by_accident() {
        assert!(format!("{:?}", RecoveryCode::generate()).contains("REDACTED"));
    }
}
