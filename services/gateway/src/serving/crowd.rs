//! How many connections are open, in all and of each address.

use super::Connections;
use crate::problem::Problem;
use http::StatusCode;
use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Refused connections that are told why at once; more than these are closed without a word.
const TOLD_AT_ONCE: usize = 64;

/// The open connections.
pub(super) struct Crowd {
    places: Arc<Semaphore>,
    farewells: Arc<Semaphore>,
    by_address: Arc<Mutex<HashMap<IpAddr, u32>>>,
    most_of_one: u32,
}

/// There is no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// For nobody.
    Full,
    /// For this address, which has its share.
    TooManyOfOne,
}

impl Refused {
    pub fn problem(self) -> Problem {
        match self {
            Self::Full => Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "overloaded",
                "too many connections are open; try again",
            ),
            Self::TooManyOfOne => Problem::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too-many-connections",
                "your address has too many connections open; use fewer at once",
            ),
        }
        .retry_after(1)
    }
}

/// A connection's place, free again when this is dropped.
pub(super) struct Place {
    _place: OwnedSemaphorePermit,
    _of_address: Option<OfAddress>,
}

impl Crowd {
    pub fn new(connections: &Connections) -> Self {
        let places = usize::try_from(connections.max_connections.get()).unwrap_or(usize::MAX);
        Self {
            places: Arc::new(Semaphore::new(places.min(Semaphore::MAX_PERMITS))),
            farewells: Arc::new(Semaphore::new(TOLD_AT_ONCE)),
            by_address: Arc::default(),
            most_of_one: connections.max_connections_per_address.get(),
        }
    }

    /// A place for a connection. `told_apart`: the address stands for one client, not for a proxy's many.
    pub fn enter(&self, address: IpAddr, told_apart: bool) -> Result<Place, Refused> {
        let place = self.places.clone().try_acquire_owned().map_err(|_| Refused::Full)?;
        let of_address = if told_apart {
            Some(self.one_more(network(address)).ok_or(Refused::TooManyOfOne)?)
        } else {
            None
        };
        Ok(Place { _place: place, _of_address: of_address })
    }

    /// A place among those who are told why they are refused.
    pub fn to_be_told(&self) -> Option<OwnedSemaphorePermit> {
        self.farewells.clone().try_acquire_owned().ok()
    }

    fn one_more(&self, address: IpAddr) -> Option<OfAddress> {
        let mut counts = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(address).or_default();
        if *count >= self.most_of_one {
            return None;
        }
        *count += 1;
        Some(OfAddress { address, counts: self.by_address.clone() })
    }
}

/// Who has one IPv6 address has 2^64 of them.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        address @ IpAddr::V4(_) => address,
    }
}

struct OfAddress {
    address: IpAddr,
    counts: Arc<Mutex<HashMap<IpAddr, u32>>>,
}

impl Drop for OfAddress {
    fn drop(&mut self) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Config;
    use std::num::NonZeroU32;

    fn crowd(all: u32, of_one: u32) -> Crowd {
        let connections = Connections {
            max_connections: NonZeroU32::new(all).unwrap(),
            max_connections_per_address: NonZeroU32::new(of_one).unwrap(),
            ..Config::for_documentation().connections
        };
        Crowd::new(&connections)
    }

    fn refused(crowd: &Crowd, address: &str, told_apart: bool) -> Option<Refused> {
        crowd.enter(address.parse().unwrap(), told_apart).err()
    }

    #[test]
    fn an_address_gets_its_share_and_a_place_is_free_again_after_its_connection() {
        let crowd = crowd(10, 2);
        let first = crowd.enter("2001:db8::1".parse().unwrap(), true).ok();
        let _second = crowd.enter("2001:db8::2".parse().unwrap(), true).ok();

        assert_eq!(refused(&crowd, "2001:db8::3", true), Some(Refused::TooManyOfOne));
        assert_eq!(refused(&crowd, "2001:db8:0:1::1", true), None);
        drop(first);
        assert_eq!(refused(&crowd, "2001:db8::3", true), None);
    }

    #[test]
    fn a_proxy_speaks_for_many_but_not_for_more_than_there_is_room_for() {
        let crowd = crowd(3, 1);
        let _places: Vec<_> =
            (0..3).map(|_| crowd.enter("10.0.0.1".parse().unwrap(), false).ok().unwrap()).collect();

        assert_eq!(refused(&crowd, "10.0.0.1", false), Some(Refused::Full));
    }
}
