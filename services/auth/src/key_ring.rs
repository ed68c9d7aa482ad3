//! Secret keys that are not in the database, so that a stolen copy of it is worth nothing alone; several, so that they can be replaced.

use anyhow::{Context as _, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use runtime::secrets::{Parsed, Secret};
use secrecy::{ExposeSecret as _, SecretBox, SecretString};
use sha2::Sha256;

const KEY_BYTES: usize = 32;
const LONGEST_ID: usize = 32;

/// One key, and the id that is stored with what is under it.
#[derive(Debug)]
pub(crate) struct RingKey {
    pub id: String,
    pub key: SecretBox<[u8; KEY_BYTES]>,
}

/// Keys that may be in use: the first is for whatever is new, each is for its own.
#[derive(Debug)]
pub(crate) struct KeyRing {
    first: RingKey,
    older: Vec<RingKey>,
}

impl KeyRing {
    /// Reads `id:key` entries of the setting `name`, separated by commas or white space; keys are 32 bytes in base64.
    pub fn parse(name: &str, text: &SecretString) -> anyhow::Result<Self> {
        let entries = text.expose_secret().split(|letter: char| letter == ',' || letter.is_whitespace());
        let mut keys = Vec::<RingKey>::new();
        for entry in entries.filter(|entry| !entry.is_empty()) {
            let key = RingKey::parse(entry).with_context(|| format!("entry {} of {name}", keys.len() + 1))?;
            ensure!(keys.iter().all(|other| other.id != key.id), "two keys of {name} have the id {}", key.id);
            keys.push(key);
        }
        let mut keys = keys.into_iter();
        let first = keys.next().with_context(|| format!("{name} has no entry"))?;
        Ok(Self { first, older: keys.collect() })
    }

    /// What is made of the ring of the setting `name`, anew whenever that changes.
    pub fn follow<T>(
        name: &'static str,
        secret: &Secret,
        make: impl Fn(Self) -> anyhow::Result<T> + Send + Sync + 'static,
    ) -> anyhow::Result<Parsed<T>> {
        Parsed::new(name, secret, move |text| make(Self::parse(name, text)?))
    }

    /// A new entry under a random id.
    pub fn generate() -> SecretString {
        let (id, key): (u32, [u8; KEY_BYTES]) = (rand::random(), rand::random());
        SecretString::from(format!("{id:08x}:{}", STANDARD.encode(key)))
    }

    /// The key of whatever is new.
    pub fn first(&self) -> &RingKey {
        &self.first
    }

    /// The key with this id.
    pub fn find(&self, id: &str) -> Option<&RingKey> {
        self.all().find(|key| key.id == id)
    }

    /// Every key, the first one first.
    pub fn all(&self) -> impl Iterator<Item = &RingKey> {
        std::iter::once(&self.first).chain(&self.older)
    }
}

/// HMAC-SHA-256 of parts, one after the other.
pub(crate) fn keyed_hash(key: &[u8], parts: &[&[u8]]) -> anyhow::Result<[u8; KEY_BYTES]> {
    let mut hash = Hmac::<Sha256>::new_from_slice(key)?;
    for part in parts {
        hash.update(part);
    }
    Ok(hash.finalize().into_bytes().into())
}

impl RingKey {
    /// A key for another purpose, which tells nothing about this one or about those for other purposes.
    pub fn derive(&self, purpose: &str) -> anyhow::Result<SecretBox<[u8; KEY_BYTES]>> {
        Ok(SecretBox::new(Box::new(keyed_hash(self.key.expose_secret(), &[purpose.as_bytes()])?)))
    }

    fn parse(entry: &str) -> anyhow::Result<Self> {
        let (id, key) = entry.split_once(':').context("is not of the form id:key")?;
        let is_id =
            |id: &str| (1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric());
        ensure!(is_id(id), "its id must be 1 to 32 letters and digits");
        let mut bytes = Box::new([0; KEY_BYTES]);
        let length = STANDARD.decode_slice(key, bytes.as_mut_slice());
        ensure!(length == Ok(KEY_BYTES), "its key must be 32 bytes in base64");
        Ok(Self { id: id.to_owned(), key: SecretBox::new(bytes) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> anyhow::Result<KeyRing> {
        KeyRing::parse("PASSWORD_PEPPER", &text.into())
    }

    #[test]
    fn the_first_entry_is_for_what_is_new_and_each_is_found_by_its_id() {
        let (new, old) = (KeyRing::generate(), KeyRing::generate());
        let ring = parsed(&format!(" {},\n{}\n", new.expose_secret(), old.expose_secret())).unwrap();

        let id = |entry: &SecretString| entry.expose_secret().split(':').next().unwrap().to_owned();
        assert_eq!(ring.first().id, id(&new));
        assert_eq!(ring.find(&id(&old)).unwrap().id, id(&old));
        assert!(ring.find("none").is_none());
    }

    #[test]
    fn what_is_no_ring_is_refused_without_being_shown() {
        let key = STANDARD.encode([7; 32]);
        let (short, twice) = (STANDARD.encode([7; 31]), format!("a:{key},a:{key}"));
        for text in [
            "",
            " , ",
            "canary-4711",
            &key,
            &format!("a:{short}"),
            &format!("ä:{key}"),
            &format!(":{key}"),
            &twice,
        ] {
            let refusal = format!("{:#}", parsed(text).unwrap_err());
            assert!(!refusal.contains("canary-4711") && !refusal.contains(&key), "{refusal}");
        }
    }

    #[test]
    fn a_key_is_not_shown() {
        let ring = parsed(&format!("a:{}", STANDARD.encode([7; 32]))).unwrap();

        assert!(format!("{ring:?}").contains("REDACTED"));
    }
}
