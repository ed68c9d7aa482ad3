//! Taking what happens to a book that stands alone.

use super::{Conversion, Trade};
use crate::{Book, Direction, Event, Fault, Fill, Fraction, LedgerError};

impl Book {
    /// What is open: above 0 long, below 0 short.
    pub fn position(&self) -> Fraction {
        let quantity: Fraction = self.lots.iter().map(|lot| &lot.quantity).sum();
        match self.direction() {
            Some(Direction::Short) => -quantity,
            Some(Direction::Long) | None => quantity,
        }
    }

    /// Takes an event as [`apply_event`](Self::apply_event) does, and tells its share of
    /// [`net_in_account`](crate::RoundTrip::net_in_account) by `conversion`.
    pub fn apply_converted(&mut self, event: &Event, conversion: Conversion) -> Result<bool, LedgerError> {
        if let Event::Fill(fill) = event {
            return self.fill(fill, conversion).map(|()| true);
        }
        self.guard(event.key())?;
        if let Event::Split(split) = event
            && !split.ratio.is_positive()
        {
            return Err(LedgerError { execution_id: split.id.clone(), fault: Fault::NonPositiveRatio });
        }
        self.newest.advance(event.key());
        let Some(direction) = self.direction() else { return Ok(false) };
        self.settle(event.id(), |book| book.happen(event, direction, conversion))?;
        Ok(true)
    }

    pub(super) fn fill(&mut self, fill: &Fill, conversion: Conversion) -> Result<(), LedgerError> {
        let key = (fill.time, 1, fill.sequence, fill.execution_id.as_str());
        self.guard(key)?;
        let fault = |fault| LedgerError { execution_id: fill.execution_id.clone(), fault };
        let trade = Trade { conversion, ..Trade::of(fill) };
        self.check(&trade).map_err(fault)?;
        self.newest.advance(key);
        self.settle(&fill.execution_id, |book| book.trade(&trade).map(drop))
    }

    /// Does to what is open in `direction` what is no fill.
    fn happen(&mut self, event: &Event, direction: Direction, conversion: Conversion) -> Result<(), Fault> {
        match event {
            Event::Fill(_) => Ok(()),
            Event::Split(split) => self.split(&split.ratio),
            Event::Cash(cash) => {
                let amount = Fraction::from(cash.amount);
                self.receive(&amount, &conversion.of_cash(&amount));
                Ok(())
            }
            Event::Expiry(expiry) => {
                let all = self.position().abs();
                let end = Trade::end(direction, expiry.time, all, expiry.price.into());
                self.trade(&Trade { conversion, ..end }).map(drop)
            }
            Event::Exercise(exercise) => {
                let end = Trade::end(direction, exercise.time, exercise.quantity.into(), Fraction::ZERO);
                self.trade(&Trade { conversion, ..end }).map(drop)
            }
        }
    }
}
