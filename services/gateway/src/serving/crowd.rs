//! How many connections are open, in all and of each address.

use super::Connections;
use crate::{
    client_address::subscriber,
    problem::Problem,
    shares::{Refused, Share, Shares},
};
use http::StatusCode;
use std::{net::IpAddr, sync::Arc};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Refused connections that are told why at once; more than these are closed without a word.
const TOLD_AT_ONCE: usize = 64;

/// The open connections.
pub(super) struct Crowd {
    places: Shares<IpAddr>,
    farewells: Arc<Semaphore>,
}

/// A connection's place, free again when all of these are dropped: whoever goes on with a connection after HTTP keeps one.
#[derive(Clone)]
pub(crate) struct Place(#[expect(dead_code, reason = "only held")] Arc<Share<IpAddr>>);

/// Why there is no room.
pub(super) fn problem(refused: Refused) -> Problem {
    match refused {
        Refused::Full => Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "overloaded",
            "too many connections are open; try again",
        ),
        Refused::TooMuchOfOne => Problem::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too-many-connections",
            "your address has too many connections open; use fewer at once",
        ),
    }
    .retry_after(1)
}

impl Crowd {
    pub fn new(connections: &Connections) -> Self {
        let most = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        let (all, of_one) = (connections.max_connections, connections.max_connections_per_address);
        Self {
            places: Shares::new(most(all.get()), most(of_one.get())),
            farewells: Arc::new(Semaphore::new(TOLD_AT_ONCE)),
        }
    }

    /// A place for a connection. `told_apart`: the address stands for one client, not for a proxy's many.
    pub fn enter(&self, address: IpAddr, told_apart: bool) -> Result<Place, Refused> {
        let place = self.places.take(told_apart.then(|| subscriber(address)), 1)?;
        Ok(Place(Arc::new(place)))
    }

    /// A place among those who are told why they are refused.
    pub fn to_be_told(&self) -> Option<OwnedSemaphorePermit> {
        self.farewells.clone().try_acquire_owned().ok()
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

        assert_eq!(refused(&crowd, "2001:db8::3", true), Some(Refused::TooMuchOfOne));
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
