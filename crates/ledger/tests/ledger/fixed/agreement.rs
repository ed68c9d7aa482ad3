//! Row by row the same as the general engine.

use ledger::fixed::{Detail, FixedBook};
use ledger::{FeeRounding, Fill, Leg, Method, Side, Terms};
use proptest::prelude::*;

use super::strategies::{any_detail, any_fixed_terms, any_scaled_fills, widened};
use super::{fixed, general};
use crate::strategies::{any_fills, fill, terms};

#[test]
fn a_position_that_is_never_flat_drops_its_closed_lots_and_nothing_else() {
    let trades = (0..600).map(|second| match second % 3 {
        0 => fill(&format!("{second:03}"), second, Side::Buy, "3", "10", "0.07"),
        1 => fill(&format!("{second:03}"), second, Side::Sell, "2", "11", "0.05"),
        _ => fill(&format!("{second:03}"), second, Side::Buy, "0.5", "9", "-0.01"),
    });
    let fills: Vec<Fill> = trades.collect();
    for method in [Method::Fifo, Method::Lifo] {
        let terms = Terms { method, ..terms(FeeRounding::AtLeast(8)) };
        for detail in [Detail::Legs, Detail::Trips] {
            assert_eq!(fixed(terms, detail, &fills).matched().unwrap(), general(terms, detail, &fills));
        }
    }
}

proptest! {
    #[test]
    fn narrow_books_give_the_rows_of_the_general_engine(
        terms in any_fixed_terms(), detail in any_detail(), fills in any_fills(),
    ) {
        let book = fixed(terms, detail, &fills);

        prop_assert!(book.narrow_rows().is_some());
        prop_assert_eq!(book.matched().unwrap(), general(terms, detail, &fills));
    }

    #[test]
    fn wide_books_give_the_rows_of_the_general_engine(
        terms in any_fixed_terms(), detail in any_detail(), fills in any_fills(),
    ) {
        let (terms, fills) = widened(terms, &fills);

        let book = fixed(terms, detail, &fills);

        prop_assert!(book.wide_rows().is_some());
        prop_assert_eq!(book.matched().unwrap(), general(terms, detail, &fills));
    }

    #[test]
    fn books_of_any_scale_give_the_rows_of_the_general_engine(
        terms in any_fixed_terms(), detail in any_detail(), fills in any_scaled_fills(),
    ) {
        prop_assert_eq!(fixed(terms, detail, &fills).matched().unwrap(), general(terms, detail, &fills));
    }

    #[test]
    fn fills_appended_in_two_pieces_give_what_they_give_at_once(
        terms in any_fixed_terms(), detail in any_detail(), fills in any_scaled_fills(), cut in any::<prop::sample::Index>(),
    ) {
        let (before, after) = fills.split_at(cut.index(fills.len()));
        let mut book = FixedBook::of(terms, detail, before).unwrap();
        book.run().unwrap();
        let first: Vec<Fill> = before.to_vec();
        prop_assert_eq!(book.matched().unwrap(), general(terms, detail, &first));

        book.append(after).unwrap();
        book.run().unwrap();

        prop_assert_eq!(book.waiting(), 0);
        prop_assert_eq!(book.matched().unwrap(), general(terms, detail, &fills));
    }

    #[test]
    fn later_round_trips_come_with_their_legs_and_lots(
        terms in any_fixed_terms(), detail in any_detail(), fills in any_fills(), cut in 0_usize..12,
    ) {
        let all = general(terms, detail, &fills);
        let skipped = cut.min(all.round_trips.len());
        let open = all.round_trips.get(skipped..).and_then(<[_]>::last).is_some_and(|trip| trip.closed_at.is_none());

        let later = fixed(terms, detail, &fills).matched_from(cut).unwrap();

        prop_assert_eq!(&later.round_trips, &all.round_trips[skipped..]);
        prop_assert_eq!(&later.open_lots, if open { &all.open_lots[..] } else { &[] });
        let legs = all.legs.into_iter().filter(|leg| leg.round_trip >= cut);
        let legs: Vec<_> = legs.map(|leg| Leg { round_trip: leg.round_trip - cut, ..leg }).collect();
        prop_assert_eq!(later.legs, legs);
    }
}
