//! A book resumed where a round trip opened gives what the whole history gives.

use ledger::{
    Book, Decimal, Fault, FeeRounding, Fill, Leg, Matched, OpenLot, RoundTrip, Side, Terms, match_fills,
};
use proptest::prelude::*;

use crate::strategies::{any_fills, any_terms, fill, terms};

/// Matches again from the first fill of `trip`, which is among `fills`.
fn resumed(terms: Terms, trip: &RoundTrip, fills: &[Fill]) -> Matched {
    let mut book = Book::resume(terms, trip.opening_closed_quantity.clone());
    for fill in &fills[trip.opening..] {
        book.apply(fill).unwrap();
    }
    book.finish().unwrap()
}

/// The rows from a round trip on, with positions that count from its first fill.
fn from_round_trip(whole: &Matched, first: usize) -> Matched {
    let start = whole.round_trips[first].opening;
    let trip = |trip: &RoundTrip| RoundTrip {
        opening: trip.opening - start,
        last: trip.last - start,
        ..trip.clone()
    };
    let leg = |leg: &Leg| Leg {
        round_trip: leg.round_trip - first,
        opening: leg.opening - start,
        closing: leg.closing - start,
        ..leg.clone()
    };
    let lot = |lot: &OpenLot| OpenLot { opening: lot.opening - start, ..lot.clone() };
    Matched {
        round_trips: whole.round_trips[first..].iter().map(trip).collect(),
        legs: whole.legs.iter().filter(|leg| leg.round_trip >= first).map(leg).collect(),
        open_lots: whole.open_lots.iter().map(lot).collect(),
    }
}

#[test]
fn a_resumed_flip_opens_with_the_rest_of_its_quantity_and_costs() {
    let flip = fill("b", 2, Side::Sell, "3", "55", "0.10");
    let mut book = Book::resume(terms(FeeRounding::Places(2)), Decimal::ONE.into());

    book.apply(&flip).unwrap();

    let matched = book.finish().unwrap();
    assert_eq!(matched.open_lots[0].quantity, Decimal::from(2));
    assert_eq!(matched.open_lots[0].commission.to_string(), "0.07");
    assert_eq!(matched.round_trips[0].opening_closed_quantity, Decimal::ONE);
}

#[test]
fn a_book_cannot_resume_with_more_than_its_first_fill_has() {
    let flip = fill("b", 2, Side::Sell, "3", "55", "0");

    for closed in ["3", "4", "-1"] {
        let mut book = Book::resume(terms(FeeRounding::Exact), closed.parse().unwrap());

        let error = book.apply(&flip).unwrap_err();

        assert_eq!((error.execution_id.as_str(), error.fault), ("b", Fault::NothingLeftToOpen), "{closed}");
    }
}

proptest! {
    #[test]
    fn a_history_cut_at_any_flat_point_or_flip_matches_alike(terms in any_terms(), fills in any_fills()) {
        let whole = match_fills(terms, &fills).unwrap();

        for (first, trip) in whole.round_trips.iter().enumerate() {
            prop_assert_eq!(resumed(terms, trip, &fills), from_round_trip(&whole, first));
        }
    }

    #[test]
    fn a_late_fill_changes_only_round_trips_from_the_last_flat_point_before_it(
        terms in any_terms(), fills in any_fills(), late in any::<prop::sample::Index>(),
    ) {
        let late = late.index(fills.len());
        let mut known = fills.clone();
        known.remove(late);
        let before = match_fills(terms, &known).unwrap();
        let whole = match_fills(terms, &fills).unwrap();

        // The last known round trip that opened before the late fill; those before it stand.
        let Some(standing) = before.round_trips.iter().rposition(|trip| trip.opening < late) else {
            return Ok(());
        };

        prop_assert_eq!(&before.round_trips[..standing], &whole.round_trips[..standing]);
        let trip = &before.round_trips[standing];
        prop_assert_eq!(resumed(terms, trip, &fills), from_round_trip(&whole, standing));
    }
}
