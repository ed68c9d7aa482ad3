//! Rooms for each kind of work, so that too much of one kind leaves the others alone.
//!
//! ```text
//! a place is free -> in; all taken -> wait, if one is likely to be free in time and not too many do; else -> 503 at once
//! ```

mod flow;
mod kind;
mod settings;

pub(crate) use kind::Kind;
pub use settings::{Bulkheads, Room};

use crate::{
    limits::Asker,
    shares::{Refused, Share, Shares},
};
use flow::Flow;
use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};

/// All rooms. Clones share them.
#[derive(Clone)]
pub(crate) struct Rooms {
    sign_in: Arc<Chamber>,
    files: Arc<Chamber>,
    statistics: Arc<Chamber>,
    records: Arc<Chamber>,
    /// Files are worked on while they arrive, as slowly as their sender likes: he may fill no more than half of their room.
    files_of_one: Shares<Asker>,
    /// Records that wait for each other, as those of one account do, leave the other half likewise.
    records_of_one: Shares<Asker>,
}

struct Chamber {
    places: Semaphore,
    waiting: AtomicU32,
    flow: Flow,
    room: Room,
    name: &'static str,
}

/// A place in a room, given back when it is dropped.
pub(crate) struct Place<'a> {
    _permit: SemaphorePermit<'a>,
    _share: Option<Share<Asker>>,
    chamber: &'a Chamber,
}

impl Rooms {
    pub fn new(settings: &Bulkheads) -> Self {
        let chamber = |kind: Kind, room: Room| {
            let places = Semaphore::new(room.places.try_into().unwrap_or(Semaphore::MAX_PERMITS));
            let (waiting, flow, name) = (AtomicU32::new(0), Flow::default(), kind.name());
            Arc::new(Chamber { places, waiting, flow, room, name })
        };
        Self {
            sign_in: chamber(Kind::SignIn, settings.bulkhead_sign_in),
            files: chamber(Kind::Files, settings.bulkhead_files),
            statistics: chamber(Kind::Statistics, settings.bulkhead_statistics),
            records: chamber(Kind::Records, settings.bulkhead_records),
            files_of_one: Shares::new(usize::MAX, half_of(settings.bulkhead_files)),
            records_of_one: Shares::new(usize::MAX, half_of(settings.bulkhead_records)),
        }
    }

    /// A place for a request of this kind, if there is one soon.
    pub async fn enter(&self, kind: Kind, asker: Option<Asker>) -> Result<Place<'_>, Refused> {
        let chamber = self.of(kind);
        let share = match asker.zip(self.shares_of(kind)) {
            Some((asker, shares)) if kind == Kind::Records => Some(chamber.share_of(asker, shares).await?),
            Some((asker, shares)) => Some(shares.take_within(asker, 1, chamber.room.wait).await?),
            None => None,
        };
        let place = chamber.enter(share).await;
        if place.is_none() {
            chamber.count_refusal();
        }
        place.ok_or(Refused::Full)
    }

    /// True when one more request of this kind has no chance; it counts as refused.
    pub fn refuses(&self, kind: Kind) -> bool {
        let chamber = self.of(kind);
        let is_full = chamber.is_full();
        if is_full {
            chamber.count_refusal();
        }
        is_full
    }

    fn of(&self, kind: Kind) -> &Chamber {
        match kind {
            Kind::SignIn => &self.sign_in,
            Kind::Files => &self.files,
            Kind::Statistics => &self.statistics,
            Kind::Records => &self.records,
        }
    }

    /// `None`: one may have it all.
    const fn shares_of(&self, kind: Kind) -> Option<&Shares<Asker>> {
        match kind {
            Kind::SignIn | Kind::Statistics => None,
            Kind::Files => Some(&self.files_of_one),
            Kind::Records => Some(&self.records_of_one),
        }
    }
}

fn half_of(room: Room) -> usize {
    usize::try_from(room.places.div_ceil(2)).unwrap_or(usize::MAX)
}

impl Chamber {
    /// All places are taken, and whoever comes now would wait in vain.
    fn is_full(&self) -> bool {
        self.places.available_permits() == 0 && !self.may_wait_behind(self.waiting.load(Ordering::Relaxed))
    }

    /// Whether one more may wait where so many do. The first one may always: he finds out how fast places become free. A quarter of
    /// the time is left for what nobody foresees.
    fn may_wait_behind(&self, others: u32) -> bool {
        others < self.room.queue && (others == 0 || self.flow.wait_behind(others) <= self.patience() * 3 / 4)
    }

    fn patience(&self) -> Duration {
        self.flow.patience(Instant::now(), self.room.wait)
    }

    fn count_refusal(&self) {
        metrics::counter!("bulkhead.refused", "bulkhead" => self.name).increment(1);
    }

    /// What one may have of the places. Who has all of it waits as everybody does who finds no place: else all that he sends would wait,
    /// however much it is.
    async fn share_of(&self, asker: Asker, shares: &Shares<Asker>) -> Result<Share<Asker>, Refused> {
        if let Ok(share) = shares.take(Some(asker), 1) {
            return Ok(share);
        }
        let patience = self.patience();
        let Some(_waiting) = Waiting::begin(self) else {
            self.count_refusal();
            return Err(Refused::Full);
        };
        shares.take_within(asker, 1, patience).await
    }

    async fn enter(&self, share: Option<Share<Asker>>) -> Option<Place<'_>> {
        let permit = if let Ok(permit) = self.places.try_acquire() {
            permit
        } else {
            let patience = self.patience();
            let _waiting = Waiting::begin(self)?;
            timeout(patience, self.places.acquire()).await.ok()?.ok()?
        };
        metrics::gauge!("bulkhead.in_use", "bulkhead" => self.name).increment(1);
        Some(Place { _permit: permit, _share: share, chamber: self })
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let Chamber { waiting, flow, room, name, .. } = self.chamber;
        flow.freed(waiting.load(Ordering::Relaxed) > 0, Instant::now(), room.wait);
        metrics::gauge!("bulkhead.in_use", "bulkhead" => *name).decrement(1);
    }
}

/// Somebody who waits for a place.
struct Waiting<'a>(&'a Chamber);

impl<'a> Waiting<'a> {
    /// `None`: enough others do, or he would wait too long.
    fn begin(chamber: &'a Chamber) -> Option<Self> {
        let one_more = |waiting: u32| chamber.may_wait_behind(waiting).then_some(waiting + 1);
        chamber.waiting.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_more).ok()?;
        metrics::gauge!("bulkhead.waiting", "bulkhead" => chamber.name).increment(1);
        Some(Self(chamber))
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
        metrics::gauge!("bulkhead.waiting", "bulkhead" => self.0.name).decrement(1);
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
        let first = rooms.enter(Kind::Statistics, None).await.unwrap();
        assert!(!rooms.refuses(Kind::Statistics), "one may wait");
        let (second, third) = tokio::join!(
            async {
                let waited = timeout(Duration::from_millis(200), rooms.enter(Kind::Statistics, None)).await;
                waited.is_err()
            },
            async { rooms.refuses(Kind::Statistics).then_some(rooms.enter(Kind::Statistics, None).await) },
        );

        assert!(second, "the second waits");
        assert!(third.is_some_and(|place| place.is_err()), "the third is refused");
        assert!(!rooms.refuses(Kind::Records));
        assert!(rooms.enter(Kind::Records, None).await.is_ok());
        drop(first);
        assert!(rooms.enter(Kind::Statistics, None).await.is_ok());
    }

    #[tokio::test]
    async fn nobody_fills_more_than_half_of_the_rooms_for_files_and_for_records() {
        let rooms = rooms("4/4/1");
        let [one, other] = [1, 2].map(|id| Some(Asker::User(uuid::Uuid::from_u128(id))));
        for kind in [Kind::Files, Kind::Records] {
            let first = rooms.enter(kind, one).await.ok().unwrap();
            let _second = rooms.enter(kind, one).await.ok().unwrap();

            assert_eq!(rooms.enter(kind, one).await.err(), Some(Refused::TooMuchOfOne), "{kind:?}");
            assert!(rooms.enter(kind, other).await.is_ok(), "{kind:?}");
            drop(first);
            assert!(rooms.enter(kind, one).await.is_ok(), "{kind:?}");
        }
    }

    #[tokio::test]
    async fn who_has_his_half_waits_in_the_queue_and_is_refused_where_that_is_full() {
        let rooms = rooms("4/1/60000");
        let [one, other] = [1, 2].map(|id| Some(Asker::User(uuid::Uuid::from_u128(id))));
        let (_first, _second) =
            (rooms.enter(Kind::Records, one).await.ok(), rooms.enter(Kind::Records, one).await.ok());

        let (third, fourth) = tokio::join!(
            async { timeout(Duration::from_millis(200), rooms.enter(Kind::Records, one)).await.is_err() },
            async { rooms.enter(Kind::Records, one).await.err() },
        );

        assert!(third, "the third waits");
        assert_eq!(fourth, Some(Refused::Full), "the fourth is refused at once");
        assert!(rooms.enter(Kind::Records, other).await.is_ok(), "others have their half");
        assert_eq!(rooms.records.waiting.load(Ordering::Relaxed), 0);
    }

    #[tokio::test]
    async fn nobody_waits_longer_than_the_room_lets_him() {
        let rooms = rooms("1/5/1");
        let _first = rooms.enter(Kind::Files, None).await.unwrap();

        assert!(rooms.enter(Kind::Files, None).await.is_err());
        assert_eq!(rooms.files.waiting.load(Ordering::Relaxed), 0);
    }

    #[tokio::test]
    async fn nobody_begins_to_wait_where_places_become_free_too_slowly_but_the_first() {
        let rooms = rooms("1/100/250");
        let (flow, now) = (&rooms.files.flow, Instant::now());
        for n in 0..100 {
            flow.freed(true, now + Duration::from_millis(60) * n, Duration::from_millis(250));
        }
        let _first = rooms.enter(Kind::Files, None).await.unwrap();

        assert!(rooms.files.may_wait_behind(0) && rooms.files.may_wait_behind(3));
        assert!(!rooms.files.may_wait_behind(4), "it would take 240 of 250 ms");
    }
}
