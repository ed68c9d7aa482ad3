//! What an event does to a position.

use ledger::{Decimal, Direction, Event, Fill, Fraction, Side};

/// What opens a trade: a fill, or an exercise of more than was held, which trades at 0 and opens in this direction.
pub(super) fn opening_fill(event: &Event, direction: Option<Direction>) -> Option<Fill> {
    match (event, direction) {
        (Event::Fill(fill), _) => Some(fill.clone()),
        (Event::Exercise(exercise), Some(direction)) => Some(Fill {
            execution_id: exercise.id.clone(),
            time: exercise.time,
            sequence: exercise.sequence,
            side: if direction == Direction::Long { Side::Buy } else { Side::Sell },
            quantity: exercise.quantity,
            price: Decimal::ZERO,
            commission: Decimal::ZERO,
            fees: Decimal::ZERO,
        }),
        (Event::Exercise(_) | Event::Split(_) | Event::Cash(_) | Event::Expiry(_), _) => None,
    }
}

/// Whether an event changes hands: a split and cash do not.
pub(super) const fn trades(event: &Event) -> bool {
    match event {
        Event::Fill(_) | Event::Expiry(_) | Event::Exercise(_) => true,
        Event::Split(_) | Event::Cash(_) => false,
    }
}

/// The position after an event.
pub(super) fn moved(before: &Fraction, event: &Event) -> Fraction {
    match event {
        Event::Fill(fill) if fill.side == Side::Buy => before + Fraction::from(fill.quantity),
        Event::Fill(fill) => before - Fraction::from(fill.quantity),
        Event::Split(split) => before * &split.ratio,
        Event::Cash(_) => before.clone(),
        Event::Expiry(_) => Fraction::ZERO,
        Event::Exercise(exercise) if before.is_positive() => before - Fraction::from(exercise.quantity),
        Event::Exercise(exercise) => before + Fraction::from(exercise.quantity),
    }
}
