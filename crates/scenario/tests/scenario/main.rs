//! Stored and generated scenarios agree with the reference, row by row.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "the tests' own support: a failure there is a failed test, and a skipped test says so"
)]

mod bad_input;
mod fixed_point;
mod oracle;
mod streams;
mod vectors;

use ledger::Method;

/// The methods and the reference's names of them.
const METHODS: [(Method, &str); 3] =
    [(Method::Fifo, "fifo"), (Method::Lifo, "lifo"), (Method::Average, "avg")];
