//! The benchmarks of what needs no server, which criterion runs and compares with the run before.

use crate::cargo::cargo;
use anyhow::Context as _;
use std::process::ExitCode;

/// `cargo bench` of ledger, statistics and identity.
pub(super) fn run() -> anyhow::Result<ExitCode> {
    let packages = ["ledger", "statistics", "identity"].into_iter().flat_map(|name| ["--package", name]);
    let status = cargo().arg("bench").args(packages).arg("--benches").status();
    let well = status.context("cannot run cargo")?.success();
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
