//! How a round trip adds up its fills: by the theorem that its totals need no lots.

use super::{FixedFill, Number, TripRow};

impl<N: Number> TripRow<N> {
    /// Counts `quantity` of a fill that opened the position or added to it.
    #[inline]
    pub(super) fn enter(&mut self, index: u32, fill: &FixedFill<N>, quantity: N) -> Option<()> {
        self.last = index;
        self.position = self.position.plus(quantity)?;
        self.peak = self.peak.max(self.position);
        self.entry_quantity = self.entry_quantity.plus(quantity)?;
        self.entry_notional = N::add(self.entry_notional, quantity.times(fill.price)?)?;
        Some(())
    }

    /// Counts `quantity` of a fill that reduced the position.
    #[inline]
    pub(super) fn exit(&mut self, index: u32, fill: &FixedFill<N>, quantity: N) -> Option<()> {
        self.last = index;
        self.position = self.position.minus(quantity)?;
        self.exit_notional = N::add(self.exit_notional, quantity.times(fill.price)?)?;
        Some(())
    }

    /// Counts commission and other fees.
    #[inline]
    pub(super) fn add_costs(&mut self, [commission, fees]: [N; 2]) -> Option<()> {
        let [commissions, all_fees] = self.costs;
        self.costs = [commissions.plus(commission)?, all_fees.plus(fees)?];
        Some(())
    }

    /// Works out what it earned, now that it is closed: what came in less what went out.
    #[inline]
    pub(super) fn settle(&mut self, multiplier: N) -> Option<()> {
        let (from, to) = if self.long {
            (self.entry_notional, self.exit_notional)
        } else {
            (self.exit_notional, self.entry_notional)
        };
        self.gross = N::scale(N::subtract(to, from)?, multiplier)?;
        Some(())
    }
}
