//! Exact accounting of executions: fills in, round trips, legs and open lots out.
//!
//! Pure and synchronous: no clock, no files, no floating point. Numbers are [`Decimal`] (exact, 76 digits) and
//! [`Fraction`] (exact quotient, for averages and shares of a fee); what they cannot hold is an error, never a
//! rounded result.
#![deny(clippy::float_arithmetic)]

mod decimal;
mod fraction;
mod side;
mod timestamp;
mod wide;

pub use decimal::{Decimal, ParseDecimalError};
pub use fraction::Fraction;
pub use side::{Direction, Side};
pub use timestamp::Timestamp;
