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
mod wild;

use ledger::Method;
use serde_json::Value;

/// The methods and the reference's names of them.
const METHODS: [(Method, &str); 3] =
    [(Method::Fifo, "fifo"), (Method::Lifo, "lifo"), (Method::Average, "avg")];

/// Whether what takes minutes was asked for.
fn long() -> bool {
    std::env::var_os("LONG_TESTS").is_some()
}

/// Whether two results are the same: exact numbers, which are texts, to the digit; irrational ones to 1e-12 of their size.
fn agrees(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| agrees(ours, theirs))
        }
        (Value::Object(ours), Value::Object(theirs)) => {
            ours.len() == theirs.len()
                && ours
                    .iter()
                    .all(|(name, value)| theirs.get(name).is_some_and(|theirs| agrees(value, theirs)))
        }
        (Value::Number(ours), Value::Number(theirs)) if ours.is_f64() || theirs.is_f64() => {
            let (ours, theirs) = (ours.as_f64().unwrap(), theirs.as_f64().unwrap());
            // A rate that is 0 comes out of both searches as some other 1e-40.
            (ours - theirs).abs() <= (1e-12 * theirs.abs()).max(1e-30)
        }
        _ => ours == theirs,
    }
}
