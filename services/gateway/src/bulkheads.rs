//! Rooms for each kind of work, so that too much of one kind leaves the others alone.
//!
//! ```text
//! a place is free -> in; all taken -> wait, not for long and not too many; else -> 503 at once
//! ```

mod settings;

pub use settings::{Bulkheads, Room};

use crate::limits::Class;
use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};

/// A kind of work that has a room of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// What hashes passwords, the dearest thing that anybody may ask for.
    SignIn,
    /// Files, which are long.
    Files,
    /// Statistics, which compute.
    Statistics,
    /// Everything else.
    Records,
}

impl Kind {
    /// The kind of a request that counts as `class`.
    pub fn of(class: Class, route: &str) -> Self {
        match class {
            Class::SignIn => Self::SignIn,
            Class::File => Self::Files,
            Class::Statistics => Self::Statistics,
            // All of them ask for the password again.
            Class::Write
                if route == "/v1/auth/password/change"
                    || route == "/v1/auth/passkeys/register/start"
                    || route.starts_with("/v1/auth/mfa/") =>
            {
                Self::SignIn
            }
            Class::Anonymous | Class::Read | Class::Write => Self::Records,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Files => "files",
            Self::Statistics => "statistics",
            Self::Records => "records",
        }
    }
}

/// All rooms. Clones share them.
#[derive(Clone)]
pub(crate) struct Rooms {
    sign_in: Arc<Chamber>,
    files: Arc<Chamber>,
    statistics: Arc<Chamber>,
    records: Arc<Chamber>,
}

struct Chamber {
    places: Semaphore,
    waiting: AtomicU32,
    room: Room,
    name: &'static str,
}

/// A place in a room, given back when it is dropped.
pub(crate) struct Place<'a> {
    _permit: SemaphorePermit<'a>,
    name: &'static str,
}

impl Rooms {
    pub fn new(settings: &Bulkheads) -> Self {
        let chamber = |kind: Kind, room: Room| {
            let places = Semaphore::new(room.places.try_into().unwrap_or(Semaphore::MAX_PERMITS));
            Arc::new(Chamber { places, waiting: AtomicU32::new(0), room, name: kind.name() })
        };
        Self {
            sign_in: chamber(Kind::SignIn, settings.bulkhead_sign_in),
            files: chamber(Kind::Files, settings.bulkhead_files),
            statistics: chamber(Kind::Statistics, settings.bulkhead_statistics),
            records: chamber(Kind::Records, settings.bulkhead_records),
        }
    }

    /// A place for a request of this kind; `None`: there is none soon.
    pub async fn enter(&self, kind: Kind) -> Option<Place<'_>> {
        let chamber = match kind {
            Kind::SignIn => &self.sign_in,
            Kind::Files => &self.files,
            Kind::Statistics => &self.statistics,
            Kind::Records => &self.records,
        };
        let place = chamber.enter().await;
        if place.is_none() {
            metrics::counter!("bulkhead_refused_total", "bulkhead" => chamber.name).increment(1);
        }
        place
    }
}

impl Chamber {
    async fn enter(&self) -> Option<Place<'_>> {
        let permit = if let Ok(permit) = self.places.try_acquire() {
            permit
        } else {
            let _waiting = Waiting::begin(self)?;
            timeout(self.room.wait, self.places.acquire()).await.ok()?.ok()?
        };
        metrics::gauge!("bulkhead_in_use", "bulkhead" => self.name).increment(1);
        Some(Place { _permit: permit, name: self.name })
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        metrics::gauge!("bulkhead_in_use", "bulkhead" => self.name).decrement(1);
    }
}

/// Somebody who waits for a place.
struct Waiting<'a>(&'a Chamber);

impl<'a> Waiting<'a> {
    /// `None`: enough others do.
    fn begin(chamber: &'a Chamber) -> Option<Self> {
        let one_more = |waiting: u32| (waiting < chamber.room.queue).then_some(waiting + 1);
        chamber.waiting.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_more).ok()?;
        metrics::gauge!("bulkhead_waiting", "bulkhead" => chamber.name).increment(1);
        Some(Self(chamber))
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
        metrics::gauge!("bulkhead_waiting", "bulkhead" => self.0.name).decrement(1);
    }
}

/// When a request that found no place is worth another try.
pub(crate) const COME_BACK: Duration = Duration::from_secs(1);

#[cfg(test)]
mod tests {
    use super::*;

    fn rooms(room: &str) -> Rooms {
        let room = room.parse().unwrap();
        Rooms::new(&Bulkheads {
            bulkhead_sign_in: room,
            bulkhead_files: room,
            bulkhead_statistics: room,
            bulkhead_records: room,
        })
    }

    #[tokio::test]
    async fn a_full_room_refuses_at_once_when_enough_wait_and_others_are_free() {
        let rooms = rooms("1/1/60000");
        let first = rooms.enter(Kind::Statistics).await.unwrap();
        let (second, third) = tokio::join!(
            async {
                let waited = timeout(Duration::from_millis(200), rooms.enter(Kind::Statistics)).await;
                waited.is_err()
            },
            rooms.enter(Kind::Statistics),
        );

        assert!(second, "the second waits");
        assert!(third.is_none(), "the third is refused");
        assert!(rooms.enter(Kind::Records).await.is_some());
        drop(first);
        assert!(rooms.enter(Kind::Statistics).await.is_some());
    }

    #[tokio::test]
    async fn nobody_waits_longer_than_the_room_lets_him() {
        let rooms = rooms("1/5/1");
        let _first = rooms.enter(Kind::Files).await.unwrap();

        assert!(rooms.enter(Kind::Files).await.is_none());
        assert_eq!(rooms.files.waiting.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn whatever_hashes_a_password_is_in_one_room() {
        assert_eq!(Kind::of(Class::SignIn, "/v1/auth/login"), Kind::SignIn);
        assert_eq!(Kind::of(Class::Write, "/v1/auth/password/change"), Kind::SignIn);
        assert_eq!(Kind::of(Class::Write, "/v1/auth/mfa/totp/enroll"), Kind::SignIn);
        assert_eq!(Kind::of(Class::Write, "/v1/auth/refresh"), Kind::Records);
    }
}
