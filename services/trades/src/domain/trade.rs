//! Trades: round trips from flat to flat in one book, or what their owner made of them.

use super::{
    event::EventKey,
    excursion::Excursion,
    fill::Book,
    ids::{AccountId, RegroupingId, TradeId},
    journal::Journal,
    plan::{Entry, Plan},
};
use ledger::{Decimal, Direction, Fraction};
use time::OffsetDateTime;

/// Decimals of the average prices, which are for display.
pub const AVERAGE_DECIMALS: u32 = 10;

/// A round trip and its figures; or several that the owner merged, or a part of one that he split.
///
/// The figures are the realised ones: an open trade shows what its exits have realised, with the share of the
/// entries' costs that belongs to what was exited; the costs of what is still open count when it is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundTrip {
    /// Its id.
    pub id: TradeId,
    /// Where the first event of its round trips stands in the book; parts of one round trip have this in common.
    pub opening: EventKey,
    /// What of that event closed the trade before; 0 unless a flip opened this one.
    pub opening_closed_quantity: Fraction,
    /// Where the event stands that closed its last round trip; `None`: that is open.
    pub closing: Option<EventKey>,
    /// The merge or split that made it what it is; `None`: it is one whole round trip.
    pub regrouping: Option<RegroupingId>,
    /// The execution with which this part of a round trip begins; `None` for the first part and for whole ones.
    pub part: Option<String>,
    /// When its first fill was traded: a part may begin later than its round trip.
    pub opened_at: OffsetDateTime,
    /// When its last fill was traded; `None` while any of it is open.
    pub closed_at: Option<OffsetDateTime>,
    /// What kind of instrument it is, as its first fill says.
    pub asset_class: String,
    /// Long or short; of merged round trips of both, that of the first.
    pub direction: Direction,
    /// Still open; 0 when closed.
    pub quantity: Decimal,
    /// The largest size that it had.
    pub peak_quantity: Decimal,
    /// All that opened it or added to it.
    pub entry_quantity: Decimal,
    /// All that reduced or closed it.
    pub exit_quantity: Decimal,
    /// Weighted by quantity, rounded half-even to [`AVERAGE_DECIMALS`].
    pub average_entry: Decimal,
    /// Likewise; `None` before the first exit.
    pub average_exit: Option<Decimal>,
    /// Realised, before costs; exact.
    pub gross: Decimal,
    /// `gross - commissions - fees + other`.
    pub net: Decimal,
    /// Realised commissions.
    pub commissions: Decimal,
    /// Realised other fees.
    pub fees: Decimal,
    /// Funding, dividends and borrow fees while it was open; above 0 is received.
    pub other: Decimal,
    /// How many fills, expiries and exercises took part; a fill that flips the position belongs to both trades.
    pub fill_count: i64,
}

/// A stored trade, with what its owner wrote about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trade {
    /// Its account.
    pub account_id: AccountId,
    /// Its book.
    pub book: Book,
    /// Its figures.
    pub round_trip: RoundTrip,
    /// The account's revision that changed them last.
    pub version: i64,
    /// Notes and tags.
    pub journal: Journal,
    /// What its owner planned.
    pub plan: Plan,
    /// What was entered at its opening; `None`: nothing was planned, or no fill opened it.
    pub entry: Option<Entry>,
    /// How far it went, as the broker tells it.
    pub excursion: Excursion,
}

impl Trade {
    /// What it risked, in money.
    pub fn risk(&self) -> Option<Decimal> {
        self.plan.risk(self.entry.as_ref())
    }
}

/// `long` or `short`.
pub const fn direction_name(direction: Direction) -> &'static str {
    match direction {
        Direction::Long => "long",
        Direction::Short => "short",
    }
}

/// The direction of a name that [`direction_name`] wrote.
pub fn direction_of(name: &str) -> Option<Direction> {
    match name {
        "long" => Some(Direction::Long),
        "short" => Some(Direction::Short),
        _ => None,
    }
}
