//! How fills come into a book, and when its integers change their width or scale.

use super::{FixedBook, Tracks};
use crate::Fill;
use crate::fixed::costs::Rounding;
use crate::fixed::fill::multiplier;
use crate::fixed::track::Track;
use crate::fixed::{FixedError, FixedFault, FixedFill, Scales};

impl FixedBook {
    /// Adds fills, which must come after all others in [`order`](crate::order).
    ///
    /// Fills with more digits behind the point than the scales have are welcome; the whole book is matched again
    /// then. A refused fill and those behind it are not added.
    pub fn append(&mut self, fills: &[Fill]) -> Result<(), FixedError> {
        let scales = self.scales.max(Scales::of(self.terms.fee_rounding, fills));
        if scales != self.scales {
            *self = self.rescaled(scales).map_err(|fault| fault.at(self.len()))?;
        }
        let mut before: Option<&Fill> = None;
        for fill in fills {
            if before.is_some_and(|before| fill.key() <= before.key()) {
                return Err(FixedFault::OutOfOrder.at(self.len()));
            }
            before = Some(fill);
            let fill = FixedFill::of(fill, scales).map_err(|fault| fault.at(self.len()))?;
            self.push_wide(fill)?;
        }
        Ok(())
    }

    /// Adds a fill whose integers have the scales of the book, and which is not earlier than the one before.
    #[inline]
    pub fn push(&mut self, fill: FixedFill<i64>) -> Result<(), FixedError> {
        let Tracks::Narrow(track) = &mut self.tracks else {
            return self.push_wide(fill.into());
        };
        if fill.quantity == 0 || fill.quantity == i64::MIN {
            return self.push_wide(fill.into());
        }
        track.push(fill)
    }

    /// The same with 128-bit integers; the book becomes wide when 64 bits do not hold them.
    pub fn push_wide(&mut self, fill: FixedFill<i128>) -> Result<(), FixedError> {
        let count = self.len();
        if fill.quantity == 0 {
            return Err(FixedFault::NonPositiveQuantity.at(count));
        }
        if fill.quantity == i128::MIN {
            return Err(FixedFault::TooWide.at(count));
        }
        if let (Tracks::Narrow(_), Some(fill)) = (&self.tracks, fill.narrow()) {
            return self.push(fill);
        }
        self.widen().ok_or(FixedFault::TooWide.at(count))?.push(fill)
    }

    /// Turns to 128 bits; everything is to be matched again if that is new.
    pub(super) fn widen(&mut self) -> Option<&mut Track<i128>> {
        if let Tracks::Narrow(track) = &mut self.tracks {
            let (rounding, multiplier) = (self.terms.fee_rounding, multiplier(self.terms)?);
            let rounding = Rounding::of(rounding, self.scales.costs)?;
            let fills = std::mem::take(&mut track.fills).into_iter().map(FixedFill::from).collect();
            self.tracks = Tracks::Wide(Track::new(fills, rounding, multiplier));
        }
        match &mut self.tracks {
            Tracks::Wide(track) => Some(track),
            Tracks::Narrow(_) => None,
        }
    }

    /// The same fills with more digits; everything is to be matched again.
    fn rescaled(&self, scales: Scales) -> Result<Self, FixedFault> {
        let mut book = Self::new(self.terms, self.detail, scales)?;
        book.failure = self.failure;
        let mut add = |fill: FixedFill<i128>| {
            let fill = fill.rescaled(self.scales, scales).ok_or(FixedFault::TooWide)?;
            book.push_wide(fill).map_err(|error| error.fault)
        };
        match &self.tracks {
            Tracks::Narrow(track) => track.fills.iter().try_for_each(|fill| add((*fill).into()))?,
            Tracks::Wide(track) => track.fills.iter().try_for_each(|fill| add(*fill))?,
        }
        Ok(book)
    }
}
