//! An event with the book it belongs to, and what the broker said beside it.

use crate::{Decimal, Event};

/// An event with the book it belongs to, and what the broker said beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<B> {
    /// The book it belongs to.
    pub book: B,
    /// What happened.
    pub event: Event,
    /// The currency of commission and fees, where it is not the instrument's.
    pub cost_currency: Option<String>,
    /// What was at stake, in the account's currency: |entry - stop| x quantity x multiplier.
    pub risk: Option<Decimal>,
    /// Whether the broker says that it opens or closes.
    pub effect: Option<Effect>,
}

/// What a broker says a fill does to the position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// It opens or adds.
    Opens,
    /// It reduces or closes.
    Closes,
}

impl<B> Entry<B> {
    /// An event of which nothing else is known.
    pub const fn new(book: B, event: Event) -> Self {
        Self { book, event, cost_currency: None, risk: None, effect: None }
    }
}

impl<B: Ord> Entry<B> {
    /// The order in which the first of several versions of one id is chosen: that of their texts. Of two kinds of one
    /// rank, one has a commission and the other has none.
    pub(super) fn content(&self) -> impl Ord + '_ {
        let [commission, fees, price, quantity] = self.numbers().map(|number| number.map(|n| n.to_string()));
        let (time, rank, sequence, _) = self.event.key();
        (
            (commission.is_none(), commission, fees),
            (self.cost_currency.is_none(), &self.cost_currency),
            (rank, price, quantity),
            (self.risk.is_none(), self.risk),
            (sequence.to_string(), side(&self.event), &self.book, time, self.effect),
        )
    }

    /// Commission, fees, price and quantity, where the event has them.
    fn numbers(&self) -> [Option<crate::Fraction>; 4] {
        match &self.event {
            Event::Fill(fill) => {
                [fill.commission, fill.fees, fill.price, fill.quantity].map(|n| Some(n.into()))
            }
            Event::Split(split) => [None, None, None, Some(split.ratio.clone())],
            Event::Cash(cash) => [None, None, None, Some(cash.amount.into())],
            Event::Expiry(expiry) => [None, None, Some(expiry.price.into()), None],
            Event::Exercise(exercise) => {
                [Some(exercise.fee.into()), None, None, Some(exercise.quantity.into())]
            }
        }
    }
}

fn side(event: &Event) -> Option<crate::Side> {
    match event {
        Event::Fill(fill) => Some(fill.side),
        Event::Split(_) | Event::Cash(_) | Event::Expiry(_) | Event::Exercise(_) => None,
    }
}
