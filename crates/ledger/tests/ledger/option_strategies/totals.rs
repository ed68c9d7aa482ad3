//! A strategy trade has earned what its round trips have earned.

use std::collections::HashMap;

use ledger::strategy::{LegFault, totals};
use ledger::{FeeRounding, RoundTrip, Side, Sums, match_fills};

use crate::strategies::{fill, terms};

use super::legs::{at, call, trades};

/// A round trip that buys at second 0 for 3, and sells at another second for 5, if at all; 1 of costs each.
fn round_trip(quantity: &str, sold: Option<i64>) -> RoundTrip {
    let bought = fill("b", 0, Side::Buy, quantity, "3", "1");
    let sold = sold.map(|second| fill("s", second, Side::Sell, quantity, "5", "1"));
    let matched = match_fills(terms(FeeRounding::Exact), [bought].iter().chain(&sold)).unwrap();
    matched.round_trips.into_iter().next().unwrap()
}

#[test]
fn parts_of_a_leg_share_what_it_earned() {
    let legs = [call("a", 100, 3, "3"), call("b", 110, -2, "1")];
    let trips: HashMap<&str, RoundTrip> =
        HashMap::from([("a", round_trip("3", Some(9))), ("b", round_trip("2", Some(7)))]);
    let trades = trades(&legs);

    let vertical = totals([&trades[0]], |id| trips.get(id)).unwrap().unwrap();
    let all = totals(&trades, |id| trips.get(id)).unwrap().unwrap();

    assert_eq!(vertical.sums.gross.to_string(), "8", "two thirds of 6, and 4");
    assert_eq!(vertical.sums.net.to_string(), "14/3");
    assert_eq!((vertical.opened_at, vertical.closed_at), (at(0), Some(at(9))));
    assert_eq!(all.sums, trips.values().map(Sums::from).sum());
}

#[test]
fn a_trade_is_open_while_a_leg_is() {
    let trips = [round_trip("1", Some(9)), round_trip("1", None)];
    let trades = trades(&[call("a", 100, 1, "3"), call("b", 110, -1, "1")]);

    let total = totals(&trades, |id| trips.get(usize::from(id == "b"))).unwrap().unwrap();

    assert_eq!(total.closed_at, None);
    assert_eq!(total.sums.gross.to_string(), "2");
}

#[test]
fn a_leg_without_a_round_trip_is_named() {
    let trades = trades(&[call("a", 100, 1, "3")]);

    let error = totals(&trades, |_| None).unwrap_err();

    assert_eq!((error.leg.as_str(), error.fault), ("a", LegFault::Unknown));
    assert_eq!(totals([], |_| None), Ok(None));
}
