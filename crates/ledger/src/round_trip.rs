//! A position from flat to flat.

use crate::{Decimal, Direction, Fraction, Timestamp};

/// Everything between two moments at which the position was zero; a trade, in the trader's words.
///
/// A fill that flips the position ends one round trip and opens the next, and belongs to both. Amounts are in the
/// book's currency, quantities in units of the instrument after the splits so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundTrip {
    /// Long or short.
    pub direction: Direction,
    /// When the opening fill was traded.
    pub opened_at: Timestamp,
    /// When the position returned to zero; `None` while it is open.
    pub closed_at: Option<Timestamp>,
    /// The total quantity that opened or added to the position.
    pub entry_quantity: Fraction,
    /// The total quantity that reduced or closed it.
    pub exit_quantity: Fraction,
    /// The largest size that the position had.
    pub peak_quantity: Fraction,
    /// Realised profit or loss before costs: the sum over its legs.
    pub gross: Fraction,
    /// Realised commission: the sum over its legs. What belongs to open lots stands there.
    pub commissions: Fraction,
    /// Realised other fees: the sum over its legs. What belongs to open lots stands there.
    pub fees: Fraction,
    /// Funding, dividends and borrow fees while it was open; above 0 is received.
    pub other: Fraction,
    /// `gross - commissions - fees + other`.
    pub net: Fraction,
    /// The net in the account's currency; the same number where that is the book's.
    pub net_in_account: Fraction,
    /// The average price of the entries, weighted by quantity (harmonic for inverse contracts).
    pub average_entry: Fraction,
    /// The average price of the exits, weighted likewise; `None` before the first one.
    pub average_exit: Option<Fraction>,
    /// What its first fill put at stake, where that is known.
    pub risk: Option<Decimal>,
    /// Its first fill: the position among the fills given to the book, from 0.
    pub opening: usize,
    /// The part of the first fill that closed the round trip before this one; 0 unless a flip opened this one.
    /// With it [`Book::resume`](crate::Book::resume) matches again from the first fill of this round trip.
    pub opening_closed_quantity: Fraction,
    /// Its last fill so far: the position among the fills given to the book, from 0. All fills from `opening` to
    /// here belong to the round trip.
    pub last: usize,
    /// When its last fill so far was traded.
    pub last_fill_at: Timestamp,
}

/// Whether a round trip is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Some quantity is still open.
    Open,
    /// The position is back at zero.
    Closed,
}

impl RoundTrip {
    /// Whether it is over.
    pub const fn status(&self) -> Status {
        if self.closed_at.is_some() { Status::Closed } else { Status::Open }
    }

    /// The number of fills that took part.
    pub const fn fill_count(&self) -> usize {
        self.last - self.opening + 1
    }
}
