//! The hash function: Argon2id under a pepper.

use super::{StoredHash, Verdict};
use crate::{
    domain::password::Password,
    key_ring::{KeyRing, RingKey},
};
use anyhow::{Context as _, anyhow};
use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher as _, PasswordVerifier as _, Version,
    password_hash,
};
use secrecy::ExposeSecret as _;
use std::time::Instant;

/// Memory of one hash.
const MEMORY_KIB: u32 = 46 * 1024;
const PASSES: u32 = 1;
const LANES: u32 = 1;

/// Hashes and verifies on the calling thread.
pub(super) struct Argon {
    params: Params,
    peppers: KeyRing,
    /// Verified when there is no user, so that a missing one takes as long as a wrong password; and the model of new hashes.
    nobody: PasswordHash,
}

impl Argon {
    /// Costs one hash.
    pub fn new(peppers: KeyRing) -> anyhow::Result<Self> {
        let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|error| anyhow!("{error}"))?;
        let unguessable: [u8; 32] = rand::random();
        let nobody = argon2(&params, Some(peppers.first()))?
            .hash_password(&unguessable)
            .map_err(|error| anyhow!("{error}"))?;
        Ok(Self { params, peppers, nobody })
    }

    /// Costs one hash.
    pub fn hash(&self, password: &Password) -> anyhow::Result<StoredHash> {
        let pepper = self.peppers.first();
        let argon2 = argon2(&self.params, Some(pepper))?;
        let hashed = timed(|| argon2.hash_password(password.as_bytes()));
        let phc = hashed.map_err(|error| anyhow!("cannot hash a password: {error}"))?.to_string();
        Ok(StoredHash { phc, key_id: Some(pepper.id.clone()) })
    }

    /// Costs one hash, and another one when the password is right and its hash is out of date.
    pub fn verify(&self, password: &Password, stored: Option<&StoredHash>) -> anyhow::Result<Verdict> {
        let (hash, pepper) = match stored {
            Some(stored) => (parsed(&stored.phc)?, self.pepper_of(stored)?),
            None => (self.nobody.clone(), Some(self.peppers.first())),
        };
        let argon2 = argon2(&self.params, pepper)?;
        match timed(|| argon2.verify_password(password.as_bytes(), &hash)) {
            Ok(()) if stored.is_none() => Ok(Verdict::Wrong),
            Ok(()) if self.is_current(&hash, pepper) => Ok(Verdict::Right { renewed: None }),
            Ok(()) => Ok(Verdict::Right { renewed: Some(self.hash(password)?) }),
            Err(password_hash::Error::PasswordInvalid) => Ok(Verdict::Wrong),
            Err(error) => Err(anyhow!("cannot verify a password: {error}")),
        }
    }

    fn pepper_of(&self, stored: &StoredHash) -> anyhow::Result<Option<&RingKey>> {
        let Some(id) = &stored.key_id else { return Ok(None) };
        self.peppers
            .find(id)
            .map(Some)
            .with_context(|| format!("a stored hash is under the unknown pepper {id}"))
    }

    fn is_current(&self, hash: &PasswordHash, pepper: Option<&RingKey>) -> bool {
        let made_alike = hash.algorithm == self.nobody.algorithm
            && hash.version == self.nobody.version
            && hash.params == self.nobody.params;
        made_alike && pepper.is_some_and(|pepper| pepper.id == self.peppers.first().id)
    }
}

fn argon2<'key>(params: &Params, pepper: Option<&'key RingKey>) -> anyhow::Result<Argon2<'key>> {
    let (algorithm, version, params) = (Algorithm::Argon2id, Version::V0x13, params.clone());
    let Some(pepper) = pepper else { return Ok(Argon2::new(algorithm, version, params)) };
    Argon2::new_with_secret(pepper.key.expose_secret(), algorithm, version, params)
        .map_err(|error| anyhow!("the pepper is not usable: {error}"))
}

fn parsed(phc: &str) -> anyhow::Result<PasswordHash> {
    PasswordHash::new(phc).map_err(|error| anyhow!("a stored hash is unreadable: {error}"))
}

fn timed<T>(work: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let outcome = work();
    metrics::histogram!("auth.password.hash.duration").record(started.elapsed().as_secs_f64());
    outcome
}
