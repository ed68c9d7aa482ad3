//! The figures of merged trades and of parts.

use crate::domain::{
    ids::{AccountId, RegroupingId, TradeId},
    instant,
    matching::stored,
    trade::{AVERAGE_DECIMALS, RoundTrip},
};
use ledger::{BookStatement, Fault, Fraction, LedgerError, Leg, OpenLot, regroup::Trade};
use std::collections::{BTreeMap, BTreeSet};

/// The trade that a regrouping makes of `made_of`, which are round trips of `book`; `None` of none.
pub(super) fn row(
    (account, maker): (AccountId, RegroupingId),
    made_of: &[RoundTrip],
    book: &BookStatement,
    trade: &Trade<()>,
) -> Result<Option<RoundTrip>, LedgerError> {
    let (Some(first), Some(last)) = (made_of.first(), made_of.last()) else { return Ok(None) };
    let overflow = || LedgerError { execution_id: trade.id.opening.clone(), fault: Fault::Overflow };
    let stored = |number: &Fraction| stored(number).ok_or_else(overflow);
    let average = |price: &Fraction| price.checked_round_half_even(AVERAGE_DECIMALS).ok_or_else(overflow);
    let shape =
        if made_of.len() > 1 { Shape::merged(made_of, book, trade) } else { Shape::part(book, trade) };
    Ok(Some(RoundTrip {
        id: match &trade.id.part {
            Some(begins) => TradeId::part_of(account, &trade.id.opening, begins),
            None => first.id,
        },
        opening: first.opening.clone(),
        opening_closed_quantity: first.opening_closed_quantity.clone(),
        closing: last.closing.clone(),
        regrouping: Some(maker),
        part: trade.id.part.clone(),
        opened_at: instant::from_ledger(trade.opened_at),
        closed_at: trade.closed_at.map(instant::from_ledger),
        asset_class: first.asset_class.clone(),
        direction: first.direction,
        quantity: stored(&(&trade.entry_quantity - &trade.exit_quantity))?,
        peak_quantity: stored(&shape.peak)?,
        entry_quantity: stored(&trade.entry_quantity)?,
        exit_quantity: stored(&trade.exit_quantity)?,
        average_entry: average(&shape.average_entry)?,
        average_exit: shape.average_exit.as_ref().map(average).transpose()?,
        gross: stored(&trade.sums.gross)?,
        net: stored(&trade.sums.net)?,
        commissions: stored(&trade.sums.commissions)?,
        fees: stored(&trade.sums.fees)?,
        other: stored(&trade.sums.other)?,
        fill_count: shape.fill_count,
    }))
}

/// What of a trade its round trips or its legs have to tell.
struct Shape {
    peak: Fraction,
    average_entry: Fraction,
    average_exit: Option<Fraction>,
    fill_count: i64,
}

impl Shape {
    fn merged(made_of: &[RoundTrip], book: &BookStatement, trade: &Trade<()>) -> Self {
        let trips = book.matched.round_trips.get(trade.round_trips.clone()).unwrap_or_default();
        let entered = trips.iter().map(|trip| &trip.entry_quantity * &trip.average_entry).sum::<Fraction>();
        let exited = trips.iter().filter_map(|trip| Some(&trip.exit_quantity * trip.average_exit.as_ref()?));
        let flips = made_of.windows(2).filter(|pair| match pair {
            [before, after] => before.closing.as_ref() == Some(&after.opening),
            _ => false,
        });
        let flips = i64::try_from(flips.count()).unwrap_or_default();
        Self {
            peak: trips.iter().map(|trip| trip.peak_quantity.clone()).max().unwrap_or_default(),
            average_entry: entered.checked_div(&trade.entry_quantity).unwrap_or_default(),
            average_exit: exited.sum::<Fraction>().checked_div(&trade.exit_quantity),
            fill_count: made_of.iter().map(|row| row.fill_count).sum::<i64>() - flips,
        }
    }

    fn part(book: &BookStatement, trade: &Trade<()>) -> Self {
        let legs: Vec<&Leg> = trade.legs.iter().filter_map(|leg| book.matched.legs.get(*leg)).collect();
        let lots = trade.open_lots.iter().filter_map(|lot| book.matched.open_lots.get(*lot));
        let lots: Vec<&OpenLot> = lots.collect();
        let entered = legs.iter().map(|leg| &leg.quantity * &leg.open_price).sum::<Fraction>()
            + lots.iter().map(|lot| &lot.quantity * &lot.price).sum::<Fraction>();
        let exited = legs.iter().map(|leg| &leg.quantity * &leg.close_price).sum::<Fraction>();
        let fills: BTreeSet<usize> = (legs.iter().flat_map(|leg| [leg.opening, leg.closing]))
            .chain(lots.iter().map(|lot| lot.opening))
            .collect();
        Self {
            peak: peak(&legs, &lots),
            average_entry: entered.checked_div(&trade.entry_quantity).unwrap_or_default(),
            average_exit: exited.checked_div(&trade.exit_quantity),
            fill_count: i64::try_from(fills.len()).unwrap_or(i64::MAX),
        }
    }
}

/// The largest size that legs and lots ever had together.
fn peak(legs: &[&Leg], lots: &[&OpenLot]) -> Fraction {
    let mut moves: BTreeMap<usize, Fraction> = BTreeMap::new();
    for leg in legs {
        *moves.entry(leg.opening).or_default() += &leg.quantity;
        *moves.entry(leg.closing).or_default() += &-leg.quantity.clone();
    }
    for lot in lots {
        *moves.entry(lot.opening).or_default() += &lot.quantity;
    }
    let mut size = Fraction::ZERO;
    let sizes = moves.into_values().map(|moved| {
        size += &moved;
        size.clone()
    });
    sizes.max().unwrap_or_default()
}
