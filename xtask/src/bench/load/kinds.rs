//! The kinds of requests whose costs are compared.

use super::peer::Peer;
use crate::bench::{records::Records, session::address};
use std::{fmt, net::SocketAddr};

/// What a kind is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Name {
    /// A page of trades that this gateway has kept.
    ListKept,
    /// A page of trades that Redis has kept.
    ListShared,
    /// A page of trades that is computed each time.
    ListComputed,
    /// One trade, computed.
    One,
    /// Statistics, computed.
    Summary,
    /// A fill by hand.
    Create,
    /// A sign-in with the right password.
    SignIn,
    /// The same page of the plain monolith.
    PeerList,
    /// A trade of the plain monolith: one row.
    PeerOne,
    /// A new trade of the plain monolith: one row.
    PeerCreate,
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::ListKept => "GET /v1/trades?limit=50, kept in the gateway",
            Self::ListShared => "GET /v1/trades?limit=50, kept in Redis",
            Self::ListComputed => "GET /v1/trades?limit=50, computed",
            Self::One => "GET /v1/trades/{id}, computed",
            Self::Summary => "GET /v1/analytics/summary, computed",
            Self::Create => "POST /v1/fills",
            Self::SignIn => "POST /v1/auth/login",
            Self::PeerList => "plain monolith: the same page",
            Self::PeerOne => "plain monolith: a trade by id, its row alone",
            Self::PeerCreate => "plain monolith: a trade stored as it is told, a row",
        })
    }
}

/// Requests of one kind.
#[derive(Debug)]
pub(super) struct Kind {
    pub name: Name,
    /// The gateway that is asked.
    pub to: SocketAddr,
    pub requests: Vec<Vec<u8>>,
    /// Requests a second: well below what the machine can do.
    pub rate: u32,
}

/// All of them. `gateways`: as ever, with answers in Redis only, without any.
pub(super) fn all(
    records: &Records,
    sign_ins: Vec<Vec<u8>>,
    gateways: [&str; 3],
    peer: &Peer,
) -> anyhow::Result<Vec<Kind>> {
    let [kept, shared, computed] = gateways.map(address);
    let (kept, shared, computed) = (kept?, shared?, computed?);
    let monolith = address(&peer.url)?;
    let kind = |name, to, requests, rate| Kind { name, to, requests, rate };
    Ok(vec![
        kind(Name::ListKept, kept, records.list(), 1_000),
        kind(Name::ListShared, shared, records.list(), 600),
        kind(Name::ListComputed, computed, records.list(), 200),
        kind(Name::One, computed, records.one(), 300),
        kind(Name::PeerList, monolith, peer.list(), 200),
        kind(Name::PeerOne, monolith, peer.one(records), 300),
        kind(Name::PeerCreate, monolith, peer.create(), 60),
        kind(Name::Summary, computed, records.summary(), 20),
        kind(Name::Create, kept, records.create(), 60),
        kind(Name::SignIn, kept, sign_ins, 10),
    ])
}
