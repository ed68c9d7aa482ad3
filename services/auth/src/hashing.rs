//! Password hashing behind a bulkhead: each hash takes 46 MiB and tens of milliseconds of a core.
//!
//! At most as many hashes run as there are cores, at most [`QUEUE`] wait, and whoever comes then is refused at once, so
//! that a storm of sign-ins neither eats the memory nor slows down everything else.

use crate::{domain::password::Password, error::Error};
use anyhow::{Context as _, anyhow};
use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher as _, PasswordVerifier as _, Version,
    password_hash,
};
use std::{sync::Arc, thread::available_parallelism, time::Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Memory of one hash.
const MEMORY_KIB: u32 = 46 * 1024;
const PASSES: u32 = 1;
const LANES: u32 = 1;
/// How many may wait for a core.
const QUEUE: usize = 32;

/// Argon2id with bounded concurrency and a bounded queue.
pub(crate) struct PasswordHasher {
    argon2: Argon2<'static>,
    places: Arc<Semaphore>,
    cores: Arc<Semaphore>,
    /// Verified when there is no user, so that a missing one takes as long as a wrong password.
    nobody: PasswordHash,
}

/// A place in the bulkhead: good for one hash.
pub(crate) struct Place {
    argon2: Argon2<'static>,
    cores: Arc<Semaphore>,
    nobody: PasswordHash,
    occupancy: Occupancy,
}

/// Counted from admission until the hash is done.
struct Occupancy {
    _permit: OwnedSemaphorePermit,
}

impl Drop for Occupancy {
    fn drop(&mut self) {
        metrics::gauge!("auth_password_hashes_admitted").decrement(1.0);
    }
}

impl PasswordHasher {
    /// Costs one hash.
    pub fn new() -> anyhow::Result<Self> {
        Self::with_cores(available_parallelism().map_or(1, usize::from))
    }

    fn with_cores(cores: usize) -> anyhow::Result<Self> {
        let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|error| anyhow!("{error}"))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let unguessable: [u8; 32] = rand::random();
        let nobody = argon2.hash_password(&unguessable).map_err(|error| anyhow!("{error}"))?;
        let (places, cores) = (Arc::new(Semaphore::new(cores + QUEUE)), Arc::new(Semaphore::new(cores)));
        Ok(Self { argon2, places, cores, nobody })
    }

    /// A place, or [`Error::Overloaded`] at once.
    pub fn admit(&self) -> Result<Place, Error> {
        let Ok(permit) = Arc::clone(&self.places).try_acquire_owned() else {
            metrics::counter!("auth_password_hashes_refused_total").increment(1);
            return Err(Error::Overloaded);
        };
        metrics::gauge!("auth_password_hashes_admitted").increment(1.0);
        Ok(Place {
            argon2: self.argon2.clone(),
            cores: Arc::clone(&self.cores),
            nobody: self.nobody.clone(),
            occupancy: Occupancy { _permit: permit },
        })
    }
}

impl Place {
    /// The PHC string of a new password, under a salt of its own.
    pub async fn hash(self, password: Password) -> Result<String, Error> {
        let argon2 = self.argon2.clone();
        let hashed = self.work(move || argon2.hash_password(password.as_bytes())).await?;
        Ok(hashed.map_err(|error| anyhow!("cannot hash a password: {error}"))?.to_string())
    }

    /// True when `password` is the one behind the PHC string. Without one: false, at the same cost.
    pub async fn verify(self, password: Password, stored: Option<&str>) -> Result<bool, Error> {
        let known = stored.is_some();
        let hash = match stored {
            Some(text) => {
                PasswordHash::new(text).map_err(|error| anyhow!("a stored hash is unreadable: {error}"))?
            }
            None => self.nobody.clone(),
        };
        let argon2 = self.argon2.clone();
        match self.work(move || argon2.verify_password(password.as_bytes(), &hash)).await? {
            Ok(()) => Ok(known),
            Err(password_hash::Error::PasswordInvalid) => Ok(false),
            Err(error) => Err(anyhow!("cannot verify a password: {error}").into()),
        }
    }

    /// Waits for a core and works on it. The place and the core are given back by the work itself: a caller that goes away
    /// cannot make room for more hashes than cores.
    async fn work<T: Send + 'static>(self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        let core = self.cores.acquire_owned().await.context("the bulkhead is closed")?;
        let occupancy = self.occupancy;
        let task = tokio::task::spawn_blocking(move || {
            let _held = (occupancy, core);
            let started = Instant::now();
            let outcome = work();
            metrics::histogram!("auth_password_hash_seconds").record(started.elapsed().as_secs_f64());
            outcome
        });
        Ok(task.await.context("a password hash failed")?)
    }
}

#[cfg(test)]
mod tests;
