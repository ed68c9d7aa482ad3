//! The open lots of a book, and which of them closes first.

use super::Number;
use super::costs::Charges;

/// What one fill opened and no fill has closed yet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lot<N> {
    /// Above 0.
    pub(super) quantity: N,
    pub(super) price: N,
    pub(super) charges: Charges<N>,
    /// The fill that opened it.
    pub(super) opening: u32,
}

/// The open lots in the order in which they were opened.
#[derive(Debug, Clone)]
pub(super) struct Lots<N> {
    lots: Vec<Lot<N>>,
    /// How many lots at the front are closed.
    closed: usize,
}

/// Which lots a closing fill closes first, and whether anybody wants to know.
pub(super) trait Discipline {
    /// Whether lots are kept at all.
    const LOTS: bool;
    /// The lot that is closed first.
    fn next<N: Number>(lots: &mut Lots<N>) -> Option<&mut Lot<N>>;
    /// Removes the lot that is closed first.
    fn remove<N: Number>(lots: &mut Lots<N>);
}

/// First in, first out.
pub(super) struct Fifo;
/// Last in, first out.
pub(super) struct Lifo;
/// No lots: round trips only.
pub(super) struct Net;

impl<N: Number> Lots<N> {
    pub(super) const fn new() -> Self {
        Self { lots: Vec::new(), closed: 0 }
    }

    #[inline]
    pub(super) fn push(&mut self, lot: Lot<N>) {
        self.lots.push(lot);
    }

    pub(super) fn open(&self) -> &[Lot<N>] {
        self.lots.get(self.closed..).unwrap_or_default()
    }

    /// Forgets all lots.
    #[inline]
    pub(super) fn clear(&mut self) {
        self.lots.clear();
        self.closed = 0;
    }

    /// Drops closed lots once they are most of what is held, so that a position that never is flat does not grow.
    #[cold]
    fn compact(&mut self) {
        self.lots.drain(..self.closed);
        self.closed = 0;
    }
}

impl Discipline for Fifo {
    const LOTS: bool = true;

    #[inline]
    fn next<N: Number>(lots: &mut Lots<N>) -> Option<&mut Lot<N>> {
        lots.lots.get_mut(lots.closed)
    }

    #[inline]
    fn remove<N: Number>(lots: &mut Lots<N>) {
        const WORTHWHILE: usize = 64;
        lots.closed += 1;
        if lots.closed >= WORTHWHILE && lots.closed * 2 > lots.lots.len() {
            lots.compact();
        }
    }
}

impl Discipline for Lifo {
    const LOTS: bool = true;

    #[inline]
    fn next<N: Number>(lots: &mut Lots<N>) -> Option<&mut Lot<N>> {
        lots.lots.last_mut()
    }

    #[inline]
    fn remove<N: Number>(lots: &mut Lots<N>) {
        lots.lots.pop();
    }
}

impl Discipline for Net {
    const LOTS: bool = false;

    fn next<N: Number>(_: &mut Lots<N>) -> Option<&mut Lot<N>> {
        None
    }

    fn remove<N: Number>(_: &mut Lots<N>) {}
}
