//! The fast path of matching: many books, fills only, in plain integers.
//!
//! ```text
//! fills --append / distribute--> FixedBook --run / run_all--> rows --matched--> Matched
//! ```
//!
//! A [`FixedBook`] gives the round trips, legs and open lots of [`Book`](crate::Book), number for number, for first
//! in first out and last in first out. Each book has its own [`Scales`]; its numbers are 64-bit integers while those
//! suffice. When a result overflows, the book is matched again with 128-bit numbers and 256-bit money. When even
//! those do not suffice the error names the fill, and the caller turns to the general engine. Nothing wraps and
//! nothing is rounded but the parts of a cost, as [`FeeRounding`](crate::FeeRounding) says.
//!
//! Totals of a closed round trip do not depend on which lot is closed first, so they are sums over its fills:
//! notionals in and out, and costs, where the cost of a flip is divided by quantity. Only legs and open lots need a
//! list of lots. [`Detail::Trips`] leaves both out and is several times as fast.

mod book;
mod costs;
mod error;
mod fill;
mod lots;
mod matching;
mod report;
mod rows;
mod running;
mod track;
mod width;
mod work;

pub use book::{Detail, FixedBook};
pub use error::{FixedError, FixedFault};
pub use fill::{FixedFill, Scales};
pub use rows::{LegRow, Rows, TripRow};
pub use width::Number;
pub use work::{distribute, run_all};
