//! Secrets that must be read again are stored in envelopes: sealed under a key of their own, which is sealed under one that is not in the
//! database. A stolen copy of the database is worth nothing alone, and another key only takes new envelopes.

use crate::{
    config::VaultKey,
    key_ring::{KeyRing, RingKey},
};
use anyhow::{Context as _, anyhow, ensure};
use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use identity::UserId;
use runtime::secrets::{Named as _, Parsed, Secret};
use secrecy::{ExposeSecret as _, SecretBox, SecretSlice};

const KEY_BYTES: usize = 32;

/// A sealed secret, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Sealed {
    /// Which key the envelope is under.
    pub key_id: String,
    /// The key of the secret under that key.
    pub wrapped_key: Vec<u8>,
    /// The secret under its own key.
    pub secret: Vec<u8>,
}

/// Seals and opens.
#[derive(Debug)]
pub(crate) struct Vault {
    keys: Parsed<KeyRing>,
}

impl Vault {
    /// The first key is for new envelopes, each opens its own.
    pub fn new(keys: &Secret) -> anyhow::Result<Self> {
        Ok(Self { keys: KeyRing::follow(VaultKey::NAME, keys, Ok)? })
    }

    /// An envelope for this owner and purpose: it opens for no other.
    pub fn seal(&self, owner: UserId, purpose: &str, secret: &[u8]) -> anyhow::Result<Sealed> {
        let own_key: SecretBox<[u8; KEY_BYTES]> = SecretBox::new(Box::new(rand::random()));
        let context = context(owner, purpose);
        let secret = seal(own_key.expose_secret(), &context, secret)?;
        wrapped(&self.keys.current(), own_key.expose_secret(), &context, secret)
    }

    /// What is in an envelope of this owner and purpose.
    pub fn open(&self, owner: UserId, purpose: &str, sealed: &Sealed) -> anyhow::Result<SecretSlice<u8>> {
        let context = context(owner, purpose);
        let own_key = open(key_of(&self.keys.current(), sealed)?, &context, &sealed.wrapped_key)?;
        open(own_key.expose_secret(), &context, &sealed.secret)
    }

    /// The same secret in an envelope under the first key; `None`: it is there already.
    pub fn renewed(&self, owner: UserId, purpose: &str, sealed: &Sealed) -> anyhow::Result<Option<Sealed>> {
        let keys = self.keys.current();
        if sealed.key_id == keys.first().id {
            return Ok(None);
        }
        let context = context(owner, purpose);
        let own_key = open(key_of(&keys, sealed)?, &context, &sealed.wrapped_key)?;
        wrapped(&keys, own_key.expose_secret(), &context, sealed.secret.clone()).map(Some)
    }
}

fn wrapped(keys: &KeyRing, own_key: &[u8], context: &[u8], secret: Vec<u8>) -> anyhow::Result<Sealed> {
    let RingKey { id, key } = keys.first();
    let wrapped_key = seal(key.expose_secret(), context, own_key)?;
    Ok(Sealed { key_id: id.clone(), wrapped_key, secret })
}

fn key_of<'ring>(keys: &'ring KeyRing, sealed: &Sealed) -> anyhow::Result<&'ring [u8]> {
    let id = &sealed.key_id;
    let key = keys.find(id).with_context(|| format!("an envelope is under the unknown key {id}"))?;
    Ok(key.key.expose_secret())
}

/// What an envelope is bound to.
fn context(owner: UserId, purpose: &str) -> Vec<u8> {
    [owner.0.as_bytes(), purpose.as_bytes()].concat()
}

/// A random nonce, and behind it `plain` under AES-256-GCM.
fn seal(key: &[u8], context: &[u8], plain: &[u8]) -> anyhow::Result<Vec<u8>> {
    let failed = |_| anyhow!("cannot seal");
    let key = RandomizedNonceKey::new(&AES_256_GCM, key).map_err(failed)?;
    let mut text = plain.to_vec();
    let nonce = key.seal_in_place_append_tag(Aad::from(context), &mut text).map_err(failed)?;
    Ok([nonce.as_ref().as_slice(), &text].concat())
}

fn open(key: &[u8], context: &[u8], sealed: &[u8]) -> anyhow::Result<SecretSlice<u8>> {
    let failed = |_| anyhow!("an envelope does not open: it was altered, or is somebody else's");
    ensure!(sealed.len() > NONCE_LEN, "an envelope is too short");
    let (nonce, text) = sealed.split_at(NONCE_LEN);
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(failed)?;
    let mut text = text.to_vec();
    let key = RandomizedNonceKey::new(&AES_256_GCM, key).map_err(failed)?;
    let length = key.open_in_place(nonce, Aad::from(context), &mut text).map_err(failed)?.len();
    text.truncate(length);
    Ok(SecretSlice::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const OWNER: UserId = UserId(Uuid::from_u128(1));

    fn vault(entries: &[&str]) -> Vault {
        Vault::new(&Secret::fixed(entries.join(",").into())).unwrap()
    }

    const OLD: &str = "old:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    const NEW: &str = "new:AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=";

    #[test]
    fn an_envelope_opens_for_its_owner_and_purpose_alone() {
        let vault = vault(&[NEW]);
        let sealed = vault.seal(OWNER, "totp", b"secret").unwrap();

        assert_eq!(vault.open(OWNER, "totp", &sealed).unwrap().expose_secret(), b"secret");
        assert!(vault.open(UserId(Uuid::from_u128(2)), "totp", &sealed).is_err());
        assert!(vault.open(OWNER, "other", &sealed).is_err());
    }

    #[test]
    fn two_envelopes_of_one_secret_have_nothing_in_common() {
        let vault = vault(&[NEW]);

        let (one, other) =
            (vault.seal(OWNER, "totp", b"s").unwrap(), vault.seal(OWNER, "totp", b"s").unwrap());

        assert_ne!(one.secret, other.secret);
        assert_ne!(one.wrapped_key, other.wrapped_key);
    }

    #[test]
    fn an_altered_envelope_does_not_open() {
        let vault = vault(&[NEW]);
        let sealed = vault.seal(OWNER, "totp", b"secret").unwrap();

        for index in 0..sealed.secret.len() {
            let mut altered = sealed.clone();
            altered.secret[index] ^= 1;
            assert!(vault.open(OWNER, "totp", &altered).is_err());
        }
        for short in [vec![], vec![0; NONCE_LEN], vec![0; NONCE_LEN + 1]] {
            assert!(vault.open(OWNER, "totp", &Sealed { wrapped_key: short, ..sealed.clone() }).is_err());
        }
    }

    #[test]
    fn a_new_first_key_takes_envelopes_over_and_without_the_old_one_they_stay_closed() {
        let sealed = vault(&[OLD]).seal(OWNER, "totp", b"secret").unwrap();
        let both = vault(&[NEW, OLD]);

        let renewed = both.renewed(OWNER, "totp", &sealed).unwrap().unwrap();

        assert_eq!(renewed.key_id, "new");
        assert_eq!(both.open(OWNER, "totp", &sealed).unwrap().expose_secret(), b"secret");
        let new = vault(&[NEW]);
        assert_eq!(new.open(OWNER, "totp", &renewed).unwrap().expose_secret(), b"secret");
        assert_eq!(new.renewed(OWNER, "totp", &renewed).unwrap(), None);
        assert!(new.open(OWNER, "totp", &sealed).is_err());
    }
}
