//! What integers must keep: quantity, costs and cash, for the wide engine as for the narrow one.

use ledger::fixed::{Detail, FixedBook, LegRow, Number, Rows};
use ledger::{Decimal, FeeRounding, Fill, Fraction, Side, Timestamp};
use proptest::prelude::*;

use super::fixed;
use super::strategies::{any_fixed_terms, any_scaled_fills};
use crate::strategies::signed;

/// What the rows of either width add up to, in the units of the book.
struct Sums {
    /// Quantity that was opened and closed again.
    matched: i128,
    costs: i128,
    legs: i128,
}

fn sums<N: Number>(rows: Rows<'_, N>) -> Sums {
    let integer = |number: N| i128::try_from(number.widen()).unwrap();
    let quantity = |leg: &LegRow<N>| integer(leg.quantity);
    let costs = |leg: &LegRow<N>| -> i128 {
        leg.opening_costs.into_iter().chain(leg.closing_costs).map(integer).sum()
    };
    Sums {
        matched: rows.legs.iter().map(quantity).sum(),
        costs: rows.trips.iter().flat_map(|trip| trip.costs).map(integer).sum(),
        legs: rows.legs.iter().map(costs).sum(),
    }
}

fn book_sums(book: &FixedBook) -> Sums {
    book.narrow_rows().map(sums).or_else(|| book.wide_rows().map(sums)).unwrap()
}

/// The fills, and one more that leaves nothing open.
fn flattened(mut fills: Vec<Fill>) -> Vec<Fill> {
    let position = Decimal::checked_sum(fills.iter().map(|fill| signed(fill.side, fill.quantity))).unwrap();
    let last = fills.last().unwrap().clone();
    if !position.is_zero() {
        let side = if position.is_positive() { Side::Sell } else { Side::Buy };
        let time = Timestamp(last.time.0 + 1);
        fills.push(Fill { side, quantity: position.abs(), time, ..last });
    }
    fills
}

fn units(number: Decimal, scale: u32) -> i128 {
    let unit = Decimal::from_scaled(1, scale).unwrap();
    number.checked_div_rounded(unit, 0).unwrap().to_string().parse().unwrap()
}

proptest! {
    #[test]
    fn what_is_flat_has_matched_every_unit_and_handed_out_every_cost(
        terms in any_fixed_terms(), fills in any_scaled_fills(),
    ) {
        prop_assume!(terms.fee_rounding != FeeRounding::Exact);
        let fills = flattened(fills);

        let book = fixed(terms, Detail::Legs, &fills);
        let sums = book_sums(&book);

        let quantity = Decimal::checked_sum(fills.iter().map(|fill| fill.quantity)).unwrap();
        let costs = Decimal::checked_sum(fills.iter().flat_map(|fill| [fill.commission, fill.fees])).unwrap();
        prop_assert_eq!(2 * sums.matched, units(quantity, book.scales().quantity));
        prop_assert_eq!(sums.costs, units(costs, book.scales().costs));
        prop_assert_eq!(sums.legs, sums.costs);
    }

    #[test]
    fn a_flat_book_has_earned_its_cash_flow(terms in any_fixed_terms(), fills in any_scaled_fills()) {
        let fills = flattened(fills);
        let cash = fills.iter().map(|fill| {
            let amount = fill.quantity.checked_mul(fill.price).unwrap().checked_mul(terms.multiplier).unwrap();
            -signed(fill.side, amount)
        });
        let cash = Fraction::from(Decimal::checked_sum(cash).unwrap());

        let matched = fixed(terms, Detail::Legs, &fills).matched().unwrap();

        prop_assert_eq!(matched.round_trips.iter().map(|trip| &trip.gross).sum::<Fraction>(), cash.clone());
        prop_assert_eq!(matched.legs.iter().map(|leg| &leg.gross).sum::<Fraction>(), cash);
    }

    #[test]
    fn trips_without_lots_are_the_same_rows(terms in any_fixed_terms(), fills in any_scaled_fills()) {
        let with = fixed(terms, Detail::Legs, &fills);
        let without = fixed(terms, Detail::Trips, &fills);

        prop_assert_eq!(with.narrow_rows().map(|rows| rows.trips), without.narrow_rows().map(|rows| rows.trips));
        prop_assert_eq!(with.wide_rows().map(|rows| rows.trips), without.wide_rows().map(|rows| rows.trips));
    }
}
