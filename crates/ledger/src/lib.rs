//! Exact accounting of executions: fills in, round trips, legs and open lots out.
//!
//! ```text
//! records --resolve--> fills --order--> Book::apply ... Book::finish --> Matched { round_trips, legs, open_lots }
//! ```
//!
//! A [`Book`] holds the fills of one account, symbol, currency and multiplier. A round trip runs from flat to flat:
//! it opens when the position leaves zero and closes when it returns to zero or flips through it.
//!
//! Pure and synchronous: no clock, no files, no floating point. Numbers are [`Decimal`] (exact, 76 digits) and
//! [`Fraction`] (exact quotient, for averages and shares of a fee); what they cannot hold is an error, never a
//! rounded result.
#![deny(clippy::float_arithmetic)]

mod book;
mod day;
mod decimal;
mod error;
mod event;
mod execution;
mod fill;
pub mod fixed;
mod fraction;
mod history;
mod instrument;
mod leg;
mod matched;
mod open_lot;
mod portfolio;
mod rates;
pub mod regroup;
mod resolution;
mod round_trip;
mod side;
pub mod strategy;
mod sums;
pub mod tax;
mod terms;
mod timestamp;
mod wide;

pub use book::{Book, Conversion};
pub use day::Day;
pub use decimal::{Decimal, ParseDecimalError};
pub use error::{Fault, LedgerError};
pub use event::{Cash, Event, Exercise, Expiry, Split};
pub use execution::Execution;
pub use fill::{Fill, order};
pub use fraction::{Fraction, ParseFractionError};
pub use history::History;
pub use instrument::{Instrument, OptionTerms, Right};
pub use leg::Leg;
pub use matched::{Matched, match_events, match_fills};
pub use open_lot::OpenLot;
pub use portfolio::{
    BookKey, BookStatement, Portfolio, PremiumPolicy, RatePolicy, Settings, SplitScope, Statement,
};
pub use rates::Rates;
pub use resolution::{Bust, Correction, Effect, Entry, Issue, IssueKind, Record, Resolved, resolve};
pub use round_trip::{RoundTrip, Status};
pub use side::{Direction, Side};
pub use sums::Sums;
pub use terms::{FeeRounding, Method, Terms, Valuation};
pub use timestamp::Timestamp;
