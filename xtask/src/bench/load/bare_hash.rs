//! What a password hash costs alone.

use crate::{bench::stage::Stage, stack::services::HUGE_PAGES};
use anyhow::{Context as _, ensure};
use std::process::Command;

/// Milliseconds of a core for one hash, as the program of the service that hashes finds.
pub(super) fn milliseconds(stage: &Stage) -> anyhow::Result<f64> {
    let mut command = Command::new(stage.binaries.of("auth")?);
    let output = command
        .arg("measure-hash")
        .env(HUGE_PAGES.0, HUGE_PAGES.1)
        .output()
        .context("cannot measure a password hash")?;
    ensure!(output.status.success(), "auth cannot measure a password hash");
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim().parse().with_context(|| format!("{text:?} is no number of milliseconds"))
}
