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
mod charges;
mod decimal;
mod error;
mod fill;
mod fraction;
mod leg;
mod lot;
mod matched;
mod resolution;
mod round_trip;
mod side;
mod terms;
mod timestamp;
mod wide;

pub use book::Book;
pub use decimal::{Decimal, ParseDecimalError};
pub use error::{Fault, LedgerError};
pub use fill::{Fill, order};
pub use fraction::{Fraction, ParseFractionError};
pub use leg::Leg;
pub use lot::OpenLot;
pub use matched::{Matched, match_fills};
pub use resolution::{Bust, Correction, Issue, IssueKind, Record, Resolved, resolve};
pub use round_trip::{RoundTrip, Status};
pub use side::{Direction, Side};
pub use terms::{FeeRounding, Method, Terms};
pub use timestamp::Timestamp;
