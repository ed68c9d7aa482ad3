//! What every matching must keep: quantity, costs, cash, and indifference to method and mirror.

use ledger::{
    Decimal, Direction, FeeRounding, Fill, Fraction, Leg, Matched, Method, RoundTrip, Terms, match_fills,
};
use proptest::prelude::*;

use crate::strategies::{any_fills, any_terms, signed};

fn sum(parts: impl IntoIterator<Item = Fraction>) -> Fraction {
    parts.into_iter().sum()
}

fn product(factors: [Decimal; 3]) -> Decimal {
    factors.into_iter().try_fold(Decimal::ONE, Decimal::checked_mul).unwrap()
}

fn position(matched: &Matched) -> Decimal {
    let lots = matched.open_lots.iter().map(|lot| match lot.direction {
        Direction::Long => lot.quantity,
        Direction::Short => -lot.quantity,
    });
    Decimal::checked_sum(lots).unwrap()
}

/// What the account paid and received for the parts of fills that a closed round trip consists of.
fn cash_flow(trip: &RoundTrip, fills: &[Fill], multiplier: Decimal) -> Decimal {
    let (mut position, mut cash) = (Decimal::ZERO, Decimal::ZERO);
    for (index, fill) in (trip.opening..).zip(&fills[trip.opening..=trip.last]) {
        let part = if index == trip.last {
            position.abs()
        } else if index == trip.opening {
            fill.quantity.checked_sub(trip.opening_closed_quantity).unwrap()
        } else {
            fill.quantity
        };
        position = position.checked_add(signed(fill.side, part)).unwrap();
        cash = cash.checked_sub(product([signed(fill.side, part), fill.price, multiplier])).unwrap();
    }
    assert!(position.is_zero());
    cash
}

/// The totals that do not depend on the method.
fn totals(matched: &Matched) -> Vec<RoundTrip> {
    matched.round_trips.iter().filter(|trip| trip.closed_at.is_some()).cloned().collect()
}

fn costs(leg: &Leg) -> [Fraction; 4] {
    [&leg.commission_open, &leg.commission_close, &leg.fees_open, &leg.fees_close].map(Clone::clone)
}

proptest! {
    #[test]
    fn quantity_is_conserved(terms in any_terms(), fills in any_fills()) {
        let matched = match_fills(terms, &fills).unwrap();

        let traded = Decimal::checked_sum(fills.iter().map(|fill| signed(fill.side, fill.quantity))).unwrap();
        prop_assert_eq!(position(&matched), traded);
        let (last, closed) = matched.round_trips.split_last().unwrap();
        prop_assert!(closed.iter().all(|trip| trip.closed_at.is_some() && trip.entry_quantity == trip.exit_quantity));
        prop_assert_eq!(last.closed_at.is_some(), traded.is_zero());
        prop_assert_eq!(last.entry_quantity.checked_sub(last.exit_quantity).unwrap(), traded.abs());
        prop_assert!(matched.round_trips.iter().all(|trip| trip.peak_quantity <= trip.entry_quantity));
    }

    #[test]
    fn costs_are_handed_out_completely(terms in any_terms(), fills in any_fills()) {
        let Matched { round_trips, legs, open_lots } = match_fills(terms, &fills).unwrap();

        let commissions = Decimal::checked_sum(fills.iter().map(|fill| fill.commission)).unwrap();
        let fees = Decimal::checked_sum(fills.iter().map(|fill| fill.fees)).unwrap();
        let waiting_commissions = sum(open_lots.iter().map(|lot| lot.commission.clone()));
        let waiting_fees = sum(open_lots.iter().map(|lot| lot.fees.clone()));
        prop_assert_eq!(
            sum(round_trips.iter().map(|trip| trip.commissions.clone())) + waiting_commissions,
            Fraction::from(commissions)
        );
        prop_assert_eq!(
            sum(round_trips.iter().map(|trip| trip.fees.clone())) + waiting_fees,
            Fraction::from(fees)
        );
        for (index, trip) in round_trips.iter().enumerate() {
            let legs = || legs.iter().filter(|leg| leg.round_trip == index);
            prop_assert_eq!(sum(legs().flat_map(costs)), &trip.commissions + &trip.fees);
            prop_assert_eq!(sum(legs().map(|leg| leg.net.clone())), trip.net.clone());
            prop_assert_eq!(Decimal::checked_sum(legs().map(|leg| leg.gross)).unwrap(), trip.gross);
        }
    }

    #[test]
    fn rounded_parts_have_no_more_decimals_than_asked_for(
        terms in any_terms(), fills in any_fills(), places in 2_u32..10,
    ) {
        let terms = Terms { fee_rounding: FeeRounding::AtLeast(places), ..terms };
        let matched = match_fills(terms, &fills).unwrap();

        let most = fills.iter().map(|fill| fill.commission.scale().max(fill.fees.scale())).max().unwrap().max(places);
        for part in matched.legs.iter().flat_map(costs) {
            prop_assert!(part.to_decimal().unwrap().scale() <= most);
        }
    }

    #[test]
    fn gross_of_a_closed_round_trip_is_its_cash_flow(terms in any_terms(), fills in any_fills()) {
        let matched = match_fills(terms, &fills).unwrap();

        for trip in totals(&matched) {
            prop_assert_eq!(trip.gross, cash_flow(&trip, &fills, terms.multiplier));
        }
    }

    #[test]
    fn all_cash_is_realised_or_stands_in_open_lots(terms in any_terms(), fills in any_fills()) {
        let matched = match_fills(terms, &fills).unwrap();

        let cash = Decimal::checked_sum(fills.iter().map(|fill| {
            -product([signed(fill.side, fill.quantity), fill.price, terms.multiplier])
        })).unwrap();
        let gross = Decimal::checked_sum(matched.round_trips.iter().map(|trip| trip.gross)).unwrap();
        let cost = Decimal::checked_sum(matched.open_lots.iter().map(|lot| {
            let cost = product([lot.quantity, lot.price, terms.multiplier]);
            if lot.direction == Direction::Long { cost } else { -cost }
        })).unwrap();
        prop_assert_eq!(cash, gross.checked_sub(cost).unwrap());
    }

    #[test]
    fn swapping_buys_and_sells_negates_gross_and_keeps_costs(terms in any_terms(), fills in any_fills()) {
        let mirrored: Vec<Fill> =
            fills.iter().map(|fill| Fill { side: fill.side.opposite(), ..fill.clone() }).collect();

        let (one, other) = (match_fills(terms, &fills).unwrap(), match_fills(terms, &mirrored).unwrap());

        prop_assert_eq!(one.legs.len(), other.legs.len());
        for (leg, image) in one.legs.iter().zip(&other.legs) {
            prop_assert_eq!(leg.gross, -image.gross);
            prop_assert_eq!(costs(leg), costs(image));
            prop_assert_ne!(leg.direction, image.direction);
        }
        let spans = |matched: &Matched| -> Vec<(usize, usize, bool)> {
            matched.round_trips.iter().map(|trip| (trip.opening, trip.last, trip.closed_at.is_some())).collect()
        };
        prop_assert_eq!(spans(&one), spans(&other));
    }

    #[test]
    fn the_method_only_moves_profit_inside_a_round_trip(terms in any_terms(), fills in any_fills()) {
        let of = |method| match_fills(Terms { method, ..terms }, &fills).unwrap();

        prop_assert_eq!(totals(&of(Method::Fifo)), totals(&of(Method::Lifo)));
    }

    #[test]
    fn commission_and_fees_are_treated_alike(terms in any_terms(), fills in any_fills()) {
        let exchanged: Vec<Fill> = fills
            .iter()
            .map(|fill| Fill { commission: fill.fees, fees: fill.commission, ..fill.clone() })
            .collect();

        let (one, other) = (match_fills(terms, &fills).unwrap(), match_fills(terms, &exchanged).unwrap());

        for (trip, image) in one.round_trips.iter().zip(&other.round_trips) {
            prop_assert_eq!((&trip.commissions, &trip.fees, &trip.net), (&image.fees, &image.commissions, &image.net));
        }
    }

    #[test]
    fn fills_cut_in_two_halves_make_the_same_round_trips(fills in any_fills()) {
        let terms = Terms { multiplier: Decimal::ONE, method: Method::Fifo, fee_rounding: FeeRounding::Exact };
        let half = |number: Decimal| number.checked_mul("0.5".parse().unwrap()).unwrap();
        let halves: Vec<Fill> = (0..)
            .zip(&fills)
            .flat_map(|(index, fill)| [2 * index, 2 * index + 1].map(|sequence| Fill {
                execution_id: format!("H{sequence}"),
                sequence,
                quantity: half(fill.quantity),
                commission: half(fill.commission),
                fees: half(fill.fees),
                ..fill.clone()
            }))
            .collect();

        let (whole, cut) = (match_fills(terms, &fills).unwrap(), match_fills(terms, &halves).unwrap());

        let row = |trip: &RoundTrip| {
            (trip.gross, trip.commissions.clone(), trip.fees.clone(), trip.average_entry.clone(), trip.average_exit.clone(), trip.peak_quantity)
        };
        let rows = |matched: &Matched| matched.round_trips.iter().map(row).collect::<Vec<_>>();
        prop_assert_eq!(rows(&whole), rows(&cut));
    }
}
