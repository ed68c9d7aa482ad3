//! What every matching must keep: quantity, costs, cash, and indifference to method and mirror.

use ledger::{
    Decimal, Direction, FeeRounding, Fill, Fraction, Leg, Matched, Method, OpenLot, RoundTrip, Side, Terms,
    match_fills,
};
use proptest::prelude::*;

use crate::strategies::{any_fills, any_terms, signed, terms};

fn sum(parts: impl IntoIterator<Item = Fraction>) -> Fraction {
    parts.into_iter().sum()
}

fn money(quantity: &Fraction, price: &Fraction, multiplier: Decimal) -> Fraction {
    quantity * price * Fraction::from(multiplier)
}

fn position(matched: &Matched) -> Fraction {
    let signed = |lot: &OpenLot| match lot.direction {
        Direction::Long => lot.quantity.clone(),
        Direction::Short => -lot.quantity.clone(),
    };
    matched.open_lots.iter().map(signed).sum()
}

/// What the account paid and received for the parts of fills that a closed round trip consists of.
fn cash_flow(trip: &RoundTrip, fills: &[Fill], multiplier: Decimal) -> Fraction {
    let (mut position, mut cash) = (Fraction::ZERO, Fraction::ZERO);
    for (index, fill) in (trip.opening..).zip(&fills[trip.opening..=trip.last]) {
        let part = if index == trip.last {
            position.clone().abs()
        } else if index == trip.opening {
            Fraction::from(fill.quantity) - &trip.opening_closed_quantity
        } else {
            fill.quantity.into()
        };
        let part = if fill.side == Side::Buy { part } else { -part };
        position += &part;
        cash -= money(&part, &fill.price.into(), multiplier);
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

        let traded: Fraction = fills.iter().map(|fill| Fraction::from(signed(fill.side, fill.quantity))).sum();
        prop_assert_eq!(&position(&matched), &traded);
        let (last, closed) = matched.round_trips.split_last().unwrap();
        prop_assert!(closed.iter().all(|trip| trip.closed_at.is_some() && trip.entry_quantity == trip.exit_quantity));
        prop_assert_eq!(last.closed_at.is_some(), traded.is_zero());
        prop_assert_eq!(&last.entry_quantity - &last.exit_quantity, traded.abs());
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
            prop_assert_eq!(sum(legs().map(|leg| leg.gross.clone())), trip.gross.clone());
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
            prop_assert_eq!(cash_flow(&trip, &fills, terms.multiplier), trip.gross);
        }
    }

    #[test]
    fn all_cash_is_realised_or_stands_in_open_lots(terms in any_terms(), fills in any_fills()) {
        let matched = match_fills(terms, &fills).unwrap();

        let paid = |fill: &Fill| -money(&signed(fill.side, fill.quantity).into(), &fill.price.into(), terms.multiplier);
        let cash: Fraction = fills.iter().map(paid).sum();
        let gross: Fraction = matched.round_trips.iter().map(|trip| &trip.gross).sum();
        let cost = |lot: &OpenLot| {
            let cost = money(&lot.quantity, &lot.price, terms.multiplier);
            if lot.direction == Direction::Long { cost } else { -cost }
        };
        prop_assert_eq!(cash, gross - matched.open_lots.iter().map(cost).sum::<Fraction>());
    }

    #[test]
    fn swapping_buys_and_sells_negates_gross_and_keeps_costs(terms in any_terms(), fills in any_fills()) {
        let mirrored: Vec<Fill> =
            fills.iter().map(|fill| Fill { side: fill.side.opposite(), ..fill.clone() }).collect();

        let (one, other) = (match_fills(terms, &fills).unwrap(), match_fills(terms, &mirrored).unwrap());

        prop_assert_eq!(one.legs.len(), other.legs.len());
        for (leg, image) in one.legs.iter().zip(&other.legs) {
            prop_assert_eq!(&leg.gross, &-&image.gross);
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

        let first_in_first_out = totals(&of(Method::Fifo));
        prop_assert_eq!(&totals(&of(Method::Lifo)), &first_in_first_out);
        prop_assert_eq!(&totals(&of(Method::Average)), &first_in_first_out);
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
        let terms = terms(FeeRounding::Exact);
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
            (trip.gross.clone(), trip.commissions.clone(), trip.fees.clone(), trip.average_entry.clone(), trip.average_exit.clone(), trip.peak_quantity.clone())
        };
        let rows = |matched: &Matched| matched.round_trips.iter().map(row).collect::<Vec<_>>();
        prop_assert_eq!(rows(&whole), rows(&cut));
    }
}
