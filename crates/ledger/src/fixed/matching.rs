//! The loop: one fill of one book after the other, in integers of one width.

use super::costs::{Charges, Rounding};
use super::lots::{Discipline, Lot, Lots};
use super::{FixedFill, LegRow, Number, TripRow};

/// A book as it stands after some of its fills.
#[derive(Debug, Clone)]
pub(super) struct Matching<N: Number> {
    rounding: Rounding,
    multiplier: N,
    /// The round trip that is open; its position is 0 when none is.
    pub(super) running: TripRow<N>,
    pub(super) lots: Lots<N>,
    /// Closed round trips.
    pub(super) trips: Vec<TripRow<N>>,
    pub(super) legs: Vec<LegRow<N>>,
}

impl<N: Number> Matching<N> {
    pub(super) fn new(rounding: Rounding, multiplier: N) -> Self {
        Self {
            rounding,
            multiplier,
            running: TripRow::default(),
            lots: Lots::new(),
            trips: Vec::new(),
            legs: Vec::new(),
        }
    }

    /// The same book without fills.
    pub(super) fn fresh(&self) -> Self {
        Self::new(self.rounding, self.multiplier)
    }

    /// Forgets everything but the memory it has.
    pub(super) fn clear(&mut self) {
        self.running = TripRow::default();
        self.lots.clear();
        self.trips.clear();
        self.legs.clear();
    }

    /// Takes the fills, the first of which is number `first` of the book. Fails with the number of the fill whose
    /// result this width does not hold; the book is of no use then.
    pub(super) fn run<D: Discipline>(&mut self, first: u32, fills: &[FixedFill<N>]) -> Result<(), u32> {
        if D::LOTS {
            self.legs.reserve(fills.len());
        }
        for (index, fill) in (first..).zip(fills) {
            if self.apply::<D>(index, fill).is_none() {
                return Err(index);
            }
        }
        Ok(())
    }

    /// Takes the fills of a round trip; `closed` of the first fill closed the one before.
    pub(super) fn resume<D: Discipline>(
        &mut self,
        first: u32,
        fills: &[FixedFill<N>],
        closed: N,
    ) -> Option<()> {
        let (opening, later) = fills.split_first()?;
        self.open_rest::<D>(first, opening, closed)?;
        self.run::<D>(first.checked_add(1)?, later).ok()
    }

    #[inline]
    fn apply<D: Discipline>(&mut self, index: u32, fill: &FixedFill<N>) -> Option<()> {
        let quantity = fill.quantity.magnitude()?;
        let long = !fill.quantity.negative();
        let position = self.running.position;
        if position.zero() {
            return self.open::<D>(index, fill, quantity);
        }
        if self.running.long == long {
            self.running.add_costs(fill.costs())?;
            return self.enter::<D>(index, fill, quantity, Charges::of(fill.costs(), quantity));
        }
        let closed = quantity.min(position);
        if D::LOTS {
            self.close_lots::<D>(index, fill, quantity, closed)?;
        }
        self.running.exit(index, fill, closed)?;
        if closed == quantity {
            self.running.add_costs(fill.costs())?;
            return if closed == position { self.finish() } else { Some(()) };
        }
        self.flip::<D>(index, fill, quantity, closed)
    }

    /// Opens a round trip with a whole fill.
    #[inline]
    fn open<D: Discipline>(&mut self, index: u32, fill: &FixedFill<N>, quantity: N) -> Option<()> {
        let long = !fill.quantity.negative();
        self.running = TripRow { opening: index, long, costs: fill.costs(), ..TripRow::default() };
        self.enter::<D>(index, fill, quantity, Charges::of(fill.costs(), quantity))
    }

    /// Ends the round trip with the `closed` part of the fill, and opens the next with the rest.
    fn flip<D: Discipline>(&mut self, index: u32, fill: &FixedFill<N>, quantity: N, closed: N) -> Option<()> {
        let mut charges = Charges::of(fill.costs(), quantity);
        if self.rounding != Rounding::Exact {
            let left = quantity.minus(closed)?;
            self.running.add_costs(charges.take(left, self.rounding)?)?;
        }
        self.finish()?;
        self.open_rest::<D>(index, fill, closed)
    }

    /// Opens a round trip with what a fill leaves after closing the one before.
    fn open_rest<D: Discipline>(&mut self, index: u32, fill: &FixedFill<N>, closed: N) -> Option<()> {
        let quantity = fill.quantity.magnitude()?;
        let rest = quantity.minus(closed)?;
        let mut charges = Charges::of(fill.costs(), quantity);
        let long = !fill.quantity.negative();
        self.running = TripRow { opening: index, long, opening_closed: closed, ..TripRow::default() };
        if self.rounding != Rounding::Exact {
            charges.take(rest, self.rounding)?;
            self.running.costs = charges.left()?;
            charges = Charges::of(self.running.costs, rest);
        }
        self.enter::<D>(index, fill, rest, charges)
    }

    /// Adds `quantity`, the last part of the fill, to the position.
    #[inline]
    fn enter<D: Discipline>(
        &mut self,
        index: u32,
        fill: &FixedFill<N>,
        quantity: N,
        charges: Charges<N>,
    ) -> Option<()> {
        if D::LOTS {
            self.lots.push(Lot { quantity, price: fill.price, charges, opening: index });
        }
        self.running.enter(index, fill, quantity)
    }

    /// Writes the legs of the `closed` part of the fill.
    #[inline]
    fn close_lots<D: Discipline>(
        &mut self,
        index: u32,
        fill: &FixedFill<N>,
        quantity: N,
        closed: N,
    ) -> Option<()> {
        let trip = u32::try_from(self.trips.len()).ok()?;
        let rounded = self.rounding != Rounding::Exact;
        let mut charges = Charges::of(fill.costs(), quantity);
        let mut taken = N::default();
        while taken < closed {
            let lot = D::next(&mut self.lots)?;
            let part = lot.quantity.min(closed.minus(taken)?);
            taken = taken.plus(part)?;
            let left = lot.quantity.minus(part)?;
            lot.quantity = left;
            let (opening_costs, closing_costs) = if rounded {
                (lot.charges.take(left, self.rounding)?, charges.take(quantity.minus(taken)?, self.rounding)?)
            } else {
                Default::default()
            };
            let (from, to) =
                if self.running.long { (lot.price, fill.price) } else { (fill.price, lot.price) };
            let gross = N::scale(to.minus(from)?.times(part)?, self.multiplier)?;
            let opening = lot.opening;
            if left.zero() {
                D::remove(&mut self.lots);
            }
            let row =
                LegRow { trip, opening, closing: index, quantity: part, gross, opening_costs, closing_costs };
            self.legs.push(row);
        }
        Some(())
    }

    /// Closes the round trip.
    #[inline]
    fn finish(&mut self) -> Option<()> {
        self.lots.clear();
        self.running.settle(self.multiplier)?;
        self.trips.push(self.running);
        Some(())
    }
}
