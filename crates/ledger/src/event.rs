//! What can happen to a book, and the order in which it counts.

use crate::{Decimal, Fill, Fraction, Timestamp};

/// Something that changes a position or what it earned.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Event {
    /// An execution.
    Fill(Fill),
    /// New units for old ones; a fraction that is paid out (cash in lieu) is a sale of its own.
    Split(Split),
    /// Money that belongs to the open round trip.
    Cash(Cash),
    /// The end of a contract: whatever is open closes.
    Expiry(Expiry),
    /// A right is used, by its holder (exercise) or against its writer (assignment).
    Exercise(Exercise),
}

/// A stock split (ratio above 1) or reverse split (below).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Split {
    /// The broker's id.
    pub id: String,
    /// When it took effect.
    pub time: Timestamp,
    /// The broker's order among events of the same time; 0 when it gives none.
    pub sequence: i64,
    /// New units for one old unit; above 0.
    pub ratio: Fraction,
}

/// Funding, a dividend, a borrow fee: what a position earned or cost beside its price.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cash {
    /// The broker's id.
    pub id: String,
    /// When it was booked.
    pub time: Timestamp,
    /// The broker's order among events of the same time; 0 when it gives none.
    pub sequence: i64,
    /// In the instrument's currency; above 0 is received.
    pub amount: Decimal,
}

/// A contract that ends: an option worth nothing, a future that settles in cash.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Expiry {
    /// The broker's id.
    pub id: String,
    /// When it ended.
    pub time: Timestamp,
    /// The broker's order among events of the same time; 0 when it gives none.
    pub sequence: i64,
    /// The price of settlement; 0 for an option that expired worthless.
    pub price: Decimal,
}

/// The use of an option: it closes at zero, and its underlying changes hands at the strike.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Exercise {
    /// The broker's id. The trade in the underlying has this id followed by `:u`.
    pub id: String,
    /// When it was used.
    pub time: Timestamp,
    /// The broker's order among events of the same time; 0 when it gives none.
    pub sequence: i64,
    /// How many contracts; above 0.
    pub quantity: Decimal,
    /// What it cost, charged on the trade in the underlying.
    pub fee: Decimal,
}

impl Event {
    /// The broker's id, unique within the account.
    pub fn id(&self) -> &str {
        match self {
            Self::Fill(fill) => &fill.execution_id,
            Self::Split(split) => &split.id,
            Self::Cash(cash) => &cash.id,
            Self::Expiry(expiry) => &expiry.id,
            Self::Exercise(exercise) => &exercise.id,
        }
    }

    /// When it happened.
    pub const fn time(&self) -> Timestamp {
        match self {
            Self::Fill(fill) => fill.time,
            Self::Split(split) => split.time,
            Self::Cash(cash) => cash.time,
            Self::Expiry(expiry) => expiry.time,
            Self::Exercise(exercise) => exercise.time,
        }
    }

    pub(crate) const fn set_time(&mut self, time: Timestamp) {
        match self {
            Self::Fill(fill) => fill.time = time,
            Self::Split(split) => split.time = time,
            Self::Cash(cash) => cash.time = time,
            Self::Expiry(expiry) => expiry.time = time,
            Self::Exercise(exercise) => exercise.time = time,
        }
    }

    /// What decides its place: time, then splits before fills and cash before the ends of contracts, then the
    /// broker's order, then the id. Arrival never matters.
    pub fn key(&self) -> (Timestamp, u8, i64, &str) {
        let (rank, sequence) = match self {
            Self::Split(split) => (0, split.sequence),
            Self::Fill(fill) => (1, fill.sequence),
            Self::Cash(cash) => (1, cash.sequence),
            Self::Expiry(expiry) => (2, expiry.sequence),
            Self::Exercise(exercise) => (2, exercise.sequence),
        };
        (self.time(), rank, sequence, self.id())
    }
}
