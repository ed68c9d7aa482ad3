//! A user who is there, and whom we cannot be.

use std::fmt;

/// Another password is wanted than ours, or a code besides it.
#[derive(Debug)]
pub(crate) struct Refused;

impl Refused {
    /// Of a sign-in. The last one comes after ten of the first within a quarter of an hour.
    pub const STATUSES: [u16; 3] = [401, 403, 429];
}

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the password is no longer the first one, or a code is asked for as well")
    }
}

impl std::error::Error for Refused {}
