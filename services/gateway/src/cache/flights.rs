//! One asks, the others wait for what he gets.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::{Mutex as Turns, OwnedMutexGuard};

type Key = [u8; 32];
/// True when the one who asked got nothing to share.
type Flight = Arc<Turns<bool>>;

/// Who asks what at this moment.
#[derive(Clone, Default)]
pub(super) struct Flights(Arc<Mutex<HashMap<Key, Flight>>>);

/// What somebody has to do who waited for his turn.
pub(super) enum Turn {
    /// Look whether another one has got it meanwhile, else ask.
    First(Asking),
    /// Ask for himself: another one got nothing that can be shared.
    Alone,
}

/// The one who asks. Gone, he lets the next one look.
pub(super) struct Asking {
    flights: Flights,
    key: Key,
    failed: OwnedMutexGuard<bool>,
}

impl Flights {
    /// Waits for those who ask the same.
    pub async fn join(&self, key: Key) -> Turn {
        let flight = {
            let mut flights = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(flights.entry(key).or_default())
        };
        let failed = flight.lock_owned().await;
        if *failed { Turn::Alone } else { Turn::First(Asking { flights: self.clone(), key, failed }) }
    }
}

impl Asking {
    /// There is nothing to share: who waits asks for himself.
    pub fn fail(mut self) {
        *self.failed = true;
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        let mut flights = self.flights.0.lock().unwrap_or_else(PoisonError::into_inner);
        let this = OwnedMutexGuard::mutex(&self.failed);
        if flights.get(&self.key).is_some_and(|flight| Arc::ptr_eq(flight, this)) {
            flights.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{pin::pin, task::Poll};

    #[tokio::test]
    async fn the_next_one_looks_after_the_first() {
        let flights = Flights::default();
        let Turn::First(first) = flights.join([1; 32]).await else { panic!("alone") };
        let mut second = pin!(flights.join([1; 32]));
        assert!(matches!(futures_util::poll!(&mut second), Poll::Pending));
        assert!(matches!(flights.join([2; 32]).await, Turn::First(_)));

        drop(first);

        assert!(matches!(second.await, Turn::First(_)));
        assert!(flights.0.lock().unwrap().is_empty());
    }

    #[tokio::test]
    async fn nobody_waits_in_a_row_for_what_fails() {
        let flights = Flights::default();
        let Turn::First(first) = flights.join([1; 32]).await else { panic!("alone") };
        let (mut second, mut third) = (pin!(flights.join([1; 32])), pin!(flights.join([1; 32])));
        assert!(
            futures_util::poll!(&mut second).is_pending() && futures_util::poll!(&mut third).is_pending()
        );

        first.fail();

        assert!(matches!(second.await, Turn::Alone));
        assert!(matches!(third.await, Turn::Alone));
        assert!(matches!(flights.join([1; 32]).await, Turn::First(_)));
    }
}
