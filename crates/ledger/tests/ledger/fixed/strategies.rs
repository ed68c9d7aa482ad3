//! Random books of every scale, and the same books in wider integers.

use ledger::fixed::Detail;
use ledger::{Decimal, Fill, Method, Terms};
use proptest::prelude::*;

use crate::strategies::{any_fills, any_terms};

/// Terms that the fixed-point engine takes.
pub fn any_fixed_terms() -> impl Strategy<Value = Terms> {
    let in_order = |terms: Terms| match terms.method {
        Method::Average => Terms { method: Method::Fifo, ..terms },
        Method::Fifo | Method::Lifo => terms,
    };
    any_terms().prop_map(in_order)
}

pub fn any_detail() -> impl Strategy<Value = Detail> {
    prop_oneof![Just(Detail::Legs), Just(Detail::Trips)]
}

/// The number divided by a power of ten.
fn shifted(number: Decimal, places: u32) -> Decimal {
    number.checked_mul(Decimal::from_scaled(1, places).unwrap()).unwrap()
}

/// Random fills, with quantities, prices and costs of up to 18 decimals.
pub fn any_scaled_fills() -> impl Strategy<Value = Vec<Fill>> {
    (any_fills(), 0_u32..=16, 0_u32..=16, 0_u32..=14).prop_map(|(fills, quantity, price, costs)| {
        let scale = |fill: Fill| Fill {
            quantity: shifted(fill.quantity, quantity),
            price: shifted(fill.price, price),
            commission: shifted(fill.commission, costs),
            fees: shifted(fill.fees, costs),
            ..fill
        };
        fills.into_iter().map(scale).collect()
    })
}

/// The same book with numbers so large that none fits into 64 bits, and no cost times a quantity into 128.
pub fn widened(terms: Terms, fills: &[Fill]) -> (Terms, Vec<Fill>) {
    let large =
        |number: Decimal, power: i128| number.checked_mul(Decimal::from_scaled(power, 0).unwrap()).unwrap();
    let fills = fills.iter().map(|fill| Fill {
        quantity: large(fill.quantity, 10_i128.pow(20)),
        price: large(fill.price, 10_i128.pow(20)),
        commission: large(fill.commission, 10_i128.pow(22)),
        fees: large(fill.fees, 10_i128.pow(22)),
        ..fill.clone()
    });
    (terms, fills.collect())
}
