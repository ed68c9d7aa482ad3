//! Option positions of several legs as one trade: what it is, what it can win and lose, and how it was rolled.
//!
//! ```text
//! legs --recognise--> strategy trades (kind, premium, risk at expiry) --chains--> rolls
//! ```
//!
//! A leg is a round trip in one contract. [`recognise`] groups the legs of one account that were opened together,
//! or as the user says, and finds the structures of option trading in them; [`chains`] links what was rolled. The
//! sums of round trips, and only those, are the profit of a strategy. Kinds are those of the Options Industry
//! Council's strategy guide. The rules of recognition: `docs/decisions/0012-how-option-strategies-are-recognised.md`.

mod chain;
mod error;
mod kind;
mod leg;
mod payoff;
mod recognition;
mod rules;
mod sets;
mod together;
mod totals;
mod trade;

pub use chain::{Chain, Roll, chains};
pub use error::{LegFault, StrategyError};
pub use kind::Kind;
pub use leg::{Contract, Moment, OptionContract, StrategyLeg};
pub use payoff::{AtExpiry, Extreme, Risk};
pub use recognition::{Recognised, Void, recognise};
pub use rules::{Ratios, Rules};
pub use totals::{Totals, totals};
pub use trade::{Part, Premium, StrategyTrade};
