//! Password hashing behind a bulkhead: each hash takes 46 MiB and tens of milliseconds of a core.
//!
//! Hashes run on half of the cores, at most [`QUEUE`] wait, and whoever comes then is refused at once, so
//! that a storm of sign-ins neither eats the memory nor slows down everything else. Hashes run in threads of low priority: they take
//! the cores that nobody else wants at the moment.

mod argon;
mod measuring;

pub(crate) use measuring::measure;

use crate::{config::PasswordPepper, domain::password::Password, error::Error, key_ring::KeyRing};
use anyhow::Context as _;
use argon::Argon;
use runtime::secrets::{Named as _, Parsed, Secret};
use std::{
    sync::Arc,
    thread::{self, available_parallelism},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

/// How many may wait for a core.
const QUEUE: usize = 32;
/// The niceness of a hash: a tenth of the weight of other work that wants the same core (`sched(7)`).
const BEHIND: i32 = 10;

/// A hash as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredHash {
    /// Algorithm, parameters, salt and hash in the PHC string format.
    pub phc: String,
    /// Which pepper it is under; `None`: none.
    pub key_id: Option<String>,
}

/// What came of a password.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Not the one, or there is none.
    Wrong,
    /// The one.
    Right {
        /// The hash to store instead, where the stored one was made with other parameters or another key than new ones are.
        renewed: Option<StoredHash>,
    },
}

/// Argon2id with bounded concurrency and a bounded queue.
pub(crate) struct PasswordHasher {
    argon: Arc<Parsed<Argon>>,
    places: Arc<Semaphore>,
    cores: Arc<Semaphore>,
}

/// A place in the bulkhead: good for one password.
pub(crate) struct Place {
    argon: Arc<Parsed<Argon>>,
    cores: Arc<Semaphore>,
    occupancy: Occupancy,
}

/// Counted from admission until the hash is done.
struct Occupancy {
    _permit: OwnedSemaphorePermit,
}

impl Drop for Occupancy {
    fn drop(&mut self) {
        metrics::gauge!("auth.password.hashes.admitted").decrement(1.0);
    }
}

impl PasswordHasher {
    /// Costs one hash.
    pub fn new(peppers: &Secret) -> anyhow::Result<Self> {
        Self::with_cores(peppers, cores_that_hash(available_parallelism().map_or(1, usize::from)))
    }

    fn with_cores(peppers: &Secret, cores: usize) -> anyhow::Result<Self> {
        let (places, cores) = (Arc::new(Semaphore::new(cores + QUEUE)), Arc::new(Semaphore::new(cores)));
        let argon = KeyRing::follow(PasswordPepper::NAME, peppers, Argon::new)?;
        Ok(Self { argon: Arc::new(argon), places, cores })
    }

    /// A place, or [`Error::Overloaded`] at once.
    pub fn admit(&self) -> Result<Place, Error> {
        let Ok(permit) = Arc::clone(&self.places).try_acquire_owned() else {
            metrics::counter!("auth.password.hashes.refused").increment(1);
            return Err(Error::Overloaded);
        };
        metrics::gauge!("auth.password.hashes.admitted").increment(1.0);
        Ok(Place {
            argon: Arc::clone(&self.argon),
            cores: Arc::clone(&self.cores),
            occupancy: Occupancy { _permit: permit },
        })
    }
}

impl Place {
    /// The hash of a new password, under a salt of its own and the first pepper.
    pub async fn hash(self, password: Password) -> Result<StoredHash, Error> {
        let argon = Arc::clone(&self.argon);
        Ok(self.work(move || argon.current().hash(&password)).await??)
    }

    /// Whether `password` is the one behind the stored hash. Without one: it is not, at the same cost.
    pub async fn verify(self, password: Password, stored: Option<StoredHash>) -> Result<Verdict, Error> {
        let argon = Arc::clone(&self.argon);
        Ok(self.work(move || argon.current().verify(&password, stored.as_ref())).await??)
    }

    /// Waits for a core and works on it. The place and the core are given back by the work itself: a caller that goes away
    /// cannot make room for more hashes than cores.
    async fn work<T: Send + 'static>(self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        let core = self.cores.acquire_owned().await.context("the bulkhead is closed")?;
        let occupancy = self.occupancy;
        let (done, outcome) = oneshot::channel();
        // A thread of its own, as no thread may take its priority back.
        let hash = thread::Builder::new().name("password-hash".to_owned());
        hash.spawn(move || {
            let _held = (occupancy, core);
            // Refused, it hashes all the same.
            let _ = rustix::process::setpriority_process(None, BEHIND);
            let _ = done.send(work());
        })
        .context("cannot begin to hash")?;
        Ok(outcome.await.context("a password hash failed")?)
    }
}

/// The other half stays free for whoever wakes up: on a core that hashes he waits for the end of a time slice, whatever the niceness. One hash
/// beside another one is also slower, so that half of the cores hash three quarters as many passwords.
fn cores_that_hash(cores: usize) -> usize {
    cores.div_ceil(2)
}

#[cfg(test)]
mod tests;
