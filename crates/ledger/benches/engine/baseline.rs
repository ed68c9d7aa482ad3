//! The same work in `rust_decimal`: legs first in first out, costs by quantity, round trips.

use std::collections::VecDeque;

use ledger::{Side, Timestamp};
use rust_decimal::Decimal;

use crate::BOOKS;
use crate::stream::Trade;

/// A fill in decimals.
pub struct Fill {
    book: usize,
    time: Timestamp,
    long: bool,
    quantity: Decimal,
    price: Decimal,
    fee: Decimal,
}

/// A matched quantity.
#[expect(dead_code, reason = "written, as the engine writes them")]
pub struct Leg {
    pub trip: usize,
    pub opening: usize,
    pub closing: usize,
    pub quantity: Decimal,
    pub gross: Decimal,
    pub opening_fee: Decimal,
    pub closing_fee: Decimal,
}

/// A position from flat to flat.
#[derive(Clone)]
#[expect(dead_code, reason = "written, as the engine writes them")]
pub struct Trip {
    pub long: bool,
    pub opened_at: Timestamp,
    pub closed_at: Timestamp,
    pub opening: usize,
    pub position: Decimal,
    pub peak: Decimal,
    pub entry_quantity: Decimal,
    pub entry_notional: Decimal,
    pub exit_notional: Decimal,
    pub gross: Decimal,
    pub fees: Decimal,
}

struct Lot {
    opening: usize,
    quantity: Decimal,
    price: Decimal,
    meter: Meter,
}

/// Hands a fee out in parts rounded to eight places.
struct Meter {
    fee: Decimal,
    handed_out: Decimal,
    taken: Decimal,
    whole: Decimal,
}

impl Meter {
    fn take(&mut self, quantity: Decimal) -> Option<Decimal> {
        self.taken = self.taken.checked_add(quantity)?;
        let so_far = if self.taken == self.whole {
            self.fee
        } else {
            self.fee.checked_mul(self.taken)?.checked_div(self.whole)?.round_dp(8)
        };
        let part = so_far.checked_sub(self.handed_out)?;
        self.handed_out = so_far;
        Some(part)
    }
}

/// The fills of the stream.
pub fn fills(trades: &[Trade]) -> Vec<Fill> {
    let decimal = |trade: &Trade| Fill {
        book: usize::try_from(trade.book).unwrap_or_default(),
        time: trade.time,
        long: trade.side == Side::Buy,
        quantity: Decimal::from(trade.lots),
        price: Decimal::new(trade.price_cents, 2),
        fee: Decimal::new(trade.fee_cents, 2),
    };
    trades.iter().map(decimal).collect()
}

#[derive(Default)]
struct Book {
    lots: VecDeque<Lot>,
    trip: Option<(usize, Trip)>,
}

/// Legs and closed round trips; `None` when a checked operation fails.
pub fn matched(fills: &[Fill]) -> Option<(Vec<Leg>, Vec<Trip>)> {
    let mut books: Vec<Book> = (0..BOOKS).map(|_| Book::default()).collect();
    let (mut legs, mut trips, mut opened) = (Vec::with_capacity(fills.len()), Vec::new(), 0);
    for (index, fill) in fills.iter().enumerate() {
        let book = books.get_mut(fill.book)?;
        let mut meter =
            Meter { fee: fill.fee, handed_out: Decimal::ZERO, taken: Decimal::ZERO, whole: fill.quantity };
        let rest = close(book, index, fill, &mut meter, &mut legs, &mut trips)?;
        if !rest.is_zero() {
            open(book, index, fill, rest, &meter, &mut opened)?;
        }
    }
    Some((legs, trips))
}

fn close(
    book: &mut Book,
    index: usize,
    fill: &Fill,
    meter: &mut Meter,
    legs: &mut Vec<Leg>,
    trips: &mut Vec<Trip>,
) -> Option<Decimal> {
    let mut rest = fill.quantity;
    let Some((id, trip)) = book.trip.as_mut().filter(|(_, trip)| trip.long != fill.long) else {
        return Some(rest);
    };
    while let Some(lot) = book.lots.front_mut() {
        if rest.is_zero() {
            break;
        }
        let part = rest.min(lot.quantity);
        let (opening_fee, closing_fee) = (lot.meter.take(part)?, meter.take(part)?);
        let (from, to) = if trip.long { (lot.price, fill.price) } else { (fill.price, lot.price) };
        let gross = to.checked_sub(from)?.checked_mul(part)?;
        trip.position = trip.position.checked_sub(part)?;
        trip.exit_notional = trip.exit_notional.checked_add(part.checked_mul(fill.price)?)?;
        trip.gross = trip.gross.checked_add(gross)?;
        trip.fees = trip.fees.checked_add(opening_fee)?.checked_add(closing_fee)?;
        trip.closed_at = fill.time;
        let (opening, closing) = (lot.opening, index);
        legs.push(Leg { trip: *id, opening, closing, quantity: part, gross, opening_fee, closing_fee });
        rest = rest.checked_sub(part)?;
        lot.quantity = lot.quantity.checked_sub(part)?;
        if lot.quantity.is_zero() {
            book.lots.pop_front();
        }
    }
    if book.lots.is_empty() {
        trips.extend(book.trip.take().map(|(_, trip)| trip));
    }
    Some(rest)
}

fn open(
    book: &mut Book,
    index: usize,
    fill: &Fill,
    rest: Decimal,
    meter: &Meter,
    opened: &mut usize,
) -> Option<()> {
    let fee = meter.fee.checked_sub(meter.handed_out)?;
    let meter = Meter { fee, handed_out: Decimal::ZERO, taken: Decimal::ZERO, whole: rest };
    book.lots.push_back(Lot { opening: index, quantity: rest, price: fill.price, meter });
    let (_, trip) = book.trip.get_or_insert_with(|| {
        let id = *opened;
        *opened += 1;
        (id, Trip::open(index, fill))
    });
    trip.position = trip.position.checked_add(rest)?;
    trip.peak = trip.peak.max(trip.position);
    trip.entry_quantity = trip.entry_quantity.checked_add(rest)?;
    trip.entry_notional = trip.entry_notional.checked_add(rest.checked_mul(fill.price)?)?;
    Some(())
}

impl Trip {
    fn open(opening: usize, fill: &Fill) -> Self {
        Self {
            long: fill.long,
            opened_at: fill.time,
            closed_at: fill.time,
            opening,
            position: Decimal::ZERO,
            peak: Decimal::ZERO,
            entry_quantity: Decimal::ZERO,
            entry_notional: Decimal::ZERO,
            exit_notional: Decimal::ZERO,
            gross: Decimal::ZERO,
            fees: Decimal::ZERO,
        }
    }
}
