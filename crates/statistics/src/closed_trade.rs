//! [`ClosedTrade`]: what the statistics need to know of a round trip.

use ledger::{Fraction, Timestamp};

/// A round trip that went from flat to flat, its amounts in the one currency that is being summed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedTrade {
    /// What it made after all costs, the amount that decides between win, loss and scratch.
    pub net: Fraction,
    /// What it made before costs.
    pub gross: Fraction,
    /// Commissions, a cost above 0.
    pub commissions: Fraction,
    /// Exchange, clearing and other fees, a cost above 0.
    pub fees: Fraction,
    /// What was at stake when it opened: |entry - stop| x quantity x multiplier. `None` without a stop; zero and
    /// below count as `None`.
    pub risk: Option<Fraction>,
    /// The quantity that was bought and sold, in units of the instrument.
    pub volume: Fraction,
    /// The time of its first fill.
    pub opened_at: Timestamp,
    /// The time of its last fill.
    pub closed_at: Timestamp,
}
