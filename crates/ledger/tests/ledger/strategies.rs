//! Random books: fills that scale in and out, close exactly, flip, and share timestamps.

use ledger::{Decimal, FeeRounding, Fill, Method, Side, Terms, Timestamp, Valuation};
use proptest::prelude::*;

/// A fill of a hand-written book; `cost` is its commission.
pub fn fill(execution_id: &str, second: i64, side: Side, quantity: &str, price: &str, cost: &str) -> Fill {
    Fill {
        execution_id: execution_id.to_owned(),
        time: Timestamp(second * 1_000_000_000),
        sequence: 0,
        side,
        quantity: quantity.parse().unwrap(),
        price: price.parse().unwrap(),
        commission: cost.parse().unwrap(),
        fees: Decimal::ZERO,
    }
}

/// Terms of one share per unit, first in first out.
pub fn terms(fee_rounding: FeeRounding) -> Terms {
    Terms { multiplier: Decimal::ONE, valuation: Valuation::Linear, method: Method::Fifo, fee_rounding }
}

/// Above 0 for a purchase, below 0 for a sale.
pub fn signed(side: Side, amount: Decimal) -> Decimal {
    match side {
        Side::Buy => amount,
        Side::Sell => -amount,
    }
}

pub fn any_terms() -> impl Strategy<Value = Terms> {
    let multiplier = prop_oneof![Just("1"), Just("50"), Just("0.1")];
    let method = prop_oneof![Just(Method::Fifo), Just(Method::Lifo), Just(Method::Average)];
    let rounding = prop_oneof![
        Just(FeeRounding::Exact),
        Just(FeeRounding::Places(0)),
        Just(FeeRounding::Places(2)),
        Just(FeeRounding::AtLeast(2)),
        Just(FeeRounding::AtLeast(8)),
    ];
    (multiplier, method, rounding).prop_map(|(multiplier, method, fee_rounding)| Terms {
        multiplier: multiplier.parse().unwrap(),
        valuation: Valuation::Linear,
        method,
        fee_rounding,
    })
}

fn number(range: std::ops::Range<i128>, places: u32) -> impl Strategy<Value = Decimal> {
    (range, 0..=places).prop_map(|(mantissa, places)| Decimal::from_scaled(mantissa, places).unwrap())
}

/// What a fill does to the position; what is impossible becomes a fill of its quantity.
#[derive(Debug, Clone, Copy)]
enum Move {
    Trade(Side),
    Flatten,
    Flip,
}

fn any_move() -> impl Strategy<Value = Move> {
    prop_oneof![
        3 => Just(Move::Trade(Side::Buy)),
        3 => Just(Move::Trade(Side::Sell)),
        1 => Just(Move::Flatten),
        1 => Just(Move::Flip),
    ]
}

/// Up to 50 fills in order; prices may be zero or negative, costs may be rebates.
pub fn any_fills() -> impl Strategy<Value = Vec<Fill>> {
    let cost = || number(-60..300, 4);
    let row = (any_move(), number(1..60, 2), number(-500..9_000, 2), cost(), cost(), 0_i64..3);
    prop::collection::vec(row, 1..50).prop_map(|rows| {
        let (mut position, mut time) = (Decimal::ZERO, 0);
        let mut fills = Vec::new();
        for (index, (kind, lot, price, commission, fees, gap)) in rows.into_iter().enumerate() {
            time += gap;
            let against = if position.is_positive() { Side::Sell } else { Side::Buy };
            let (side, quantity) = match kind {
                Move::Trade(side) => (side, lot),
                Move::Flatten if !position.is_zero() => (against, position.abs()),
                Move::Flip => (against, position.abs().checked_add(lot).unwrap()),
                Move::Flatten => (against, lot),
            };
            position = position.checked_add(signed(side, quantity)).unwrap();
            let execution_id = format!("E{index:03}");
            let sequence = i64::try_from(index / 2).unwrap();
            fills.push(Fill {
                execution_id,
                time: Timestamp(time),
                sequence,
                side,
                quantity,
                price,
                commission,
                fees,
            });
        }
        fills
    })
}
