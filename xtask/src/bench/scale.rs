//! How much is measured.

use std::time::Duration;

/// Sizes of one run of the bench.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// False: figures that may be compared with the goals.
    pub quick: bool,
    /// How often an import is repeated, each for a new user.
    pub runs: u32,
    pub small_import: u32,
    pub large_import: u32,
    /// Closed trades of the user whose list is read; twice as many fills, in two files.
    pub trades: u32,
    /// How many pages deep the deep page lies.
    pub depth: u32,
    /// Requests a second.
    pub rate: u32,
    pub load: Duration,
    /// Closed trades of a user whose records are read and written under load.
    pub few_trades: u32,
    /// How often the measures of the load bench are repeated, in turn.
    pub rounds: u32,
    /// One kind of request in one round.
    pub round: Duration,
    /// A storm of sign-ins.
    pub storm: Duration,
    /// One step up to the overload.
    pub step: Duration,
    /// The overload itself.
    pub overload: Duration,
    /// From the start of the services until their memory is read.
    pub rest: Duration,
}

impl Scale {
    pub const FULL: Self = Self {
        quick: false,
        runs: 3,
        small_import: 10_000,
        large_import: 100_000,
        trades: 100_000,
        depth: 1_000,
        rate: 200,
        load: Duration::from_secs(15),
        few_trades: 2_000,
        rounds: 3,
        round: Duration::from_secs(6),
        storm: Duration::from_secs(15),
        step: Duration::from_secs(5),
        overload: Duration::from_mins(1),
        rest: Duration::from_secs(30),
    };

    pub const QUICK: Self = Self {
        quick: true,
        runs: 2,
        small_import: 500,
        large_import: 2_000,
        trades: 2_000,
        depth: 20,
        rate: 50,
        load: Duration::from_secs(2),
        few_trades: 200,
        rounds: 2,
        round: Duration::from_secs(1),
        storm: Duration::from_secs(2),
        step: Duration::from_secs(1),
        overload: Duration::from_secs(2),
        rest: Duration::from_secs(2),
    };
}
