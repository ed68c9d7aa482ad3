//! Option positions of several legs as one trade: what is recognised in the trades of an account, and what its owner grouped.

mod found;
mod holding;
mod names;

pub use found::{Found, Links, VoidGroup, find};
pub use holding::{Holding, Instrument, instrument};
pub use names::{fault_name, is_kind, kind_name, kind_right, right_name};

use super::ids::{AccountId, GroupId, TradeId};
use time::OffsetDateTime;

/// Trades of one group: more would be a mistake.
pub const MOST_GROUPED: usize = 20;
/// Groups of one account.
pub const MOST_GROUPS: usize = 1_000;

/// Trades that the owner made one strategy of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// The account.
    pub account_id: AccountId,
    /// The trades.
    pub trades: Vec<TradeId>,
    /// When it was made.
    pub created_at: OffsetDateTime,
}
