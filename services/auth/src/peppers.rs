//! Peppers: secret keys of password hashes that are not in the database, so that a stolen copy of it is worth nothing alone.

use anyhow::{Context as _, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret as _, SecretBox, SecretString};

const KEY_BYTES: usize = 32;
const LONGEST_ID: usize = 32;

/// One key, and the id that is stored with the hashes under it.
#[derive(Debug)]
pub(crate) struct Pepper {
    pub id: String,
    pub key: SecretBox<[u8; KEY_BYTES]>,
}

/// Keys that may be in use: the first makes new hashes, each verifies its own.
#[derive(Debug)]
pub(crate) struct Peppers {
    first: Pepper,
    older: Vec<Pepper>,
}

impl Peppers {
    /// Reads `id:key` entries, separated by commas or white space; keys are 32 bytes in base64.
    pub fn parse(text: &SecretString) -> anyhow::Result<Self> {
        let entries = text.expose_secret().split(|letter: char| letter == ',' || letter.is_whitespace());
        let mut peppers = Vec::<Pepper>::new();
        for entry in entries.filter(|entry| !entry.is_empty()) {
            let pepper = Pepper::parse(entry)
                .with_context(|| format!("entry {} of PASSWORD_PEPPER", peppers.len() + 1))?;
            ensure!(
                peppers.iter().all(|other| other.id != pepper.id),
                "two peppers have the id {}",
                pepper.id
            );
            peppers.push(pepper);
        }
        let mut peppers = peppers.into_iter();
        let first = peppers.next().context("PASSWORD_PEPPER has no entry")?;
        Ok(Self { first, older: peppers.collect() })
    }

    /// A new entry under a random id.
    pub fn generate() -> SecretString {
        let (id, key): (u32, [u8; KEY_BYTES]) = (rand::random(), rand::random());
        SecretString::from(format!("{id:08x}:{}", STANDARD.encode(key)))
    }

    /// The key of new hashes.
    pub fn first(&self) -> &Pepper {
        &self.first
    }

    /// The key with this id.
    pub fn find(&self, id: &str) -> Option<&Pepper> {
        std::iter::once(&self.first).chain(&self.older).find(|pepper| pepper.id == id)
    }
}

impl Pepper {
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

    fn parsed(text: &str) -> anyhow::Result<Peppers> {
        Peppers::parse(&text.into())
    }

    #[test]
    fn the_first_entry_is_for_new_hashes_and_each_is_found_by_its_id() {
        let (new, old) = (Peppers::generate(), Peppers::generate());
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
