//! The benchmarks of the pure crates, which criterion runs and compares with the run before.

use crate::cargo::cargo;
use anyhow::Context as _;
use std::process::ExitCode;

/// `cargo bench` of ledger and statistics.
pub(super) fn run() -> anyhow::Result<ExitCode> {
    let status =
        cargo().args(["bench", "--package", "ledger", "--package", "statistics", "--benches"]).status();
    let well = status.context("cannot run cargo")?.success();
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
