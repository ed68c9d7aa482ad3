//! What the figures were taken on and of.

use super::scale::Scale;
use crate::folder::workspace;
use anyhow::Context as _;
use std::{fs, process::Command, thread};

/// The machine as it was when the measuring began.
#[derive(Debug)]
pub(super) struct Machine {
    load: String,
}

impl Machine {
    pub fn now() -> anyhow::Result<Self> {
        Ok(Self { load: load()? })
    }

    /// Commit, cores, and how busy the machine was at the beginning and is now.
    pub fn print(&self, scale: &Scale) -> anyhow::Result<()> {
        let cores = thread::available_parallelism().context("cannot count the cores")?;
        println!("\n  Commit {}, {cores} cores shared by services, servers and this client.", commit()?);
        println!("  Load average (1, 5, 15 min) {} at the beginning, {} at the end.", self.load, load()?);
        if scale.quick {
            println!("  Small numbers: these figures mean nothing.");
        }
        println!();
        Ok(())
    }
}

fn load() -> anyhow::Result<String> {
    let text = fs::read_to_string("/proc/loadavg").context("cannot read the load average")?;
    Ok(text.split_whitespace().take(3).collect::<Vec<_>>().join(" "))
}

/// The short name of the commit, and whether the checkout differs from it.
fn commit() -> anyhow::Result<String> {
    let commit = git(&["rev-parse", "--short", "HEAD"])?;
    let changed =
        !git(&["status", "--porcelain", "--", "Cargo.lock", "proto", "crates", "services"])?.is_empty();
    Ok(if changed { format!("{commit} with changes") } else { commit })
}

fn git(arguments: &[&str]) -> anyhow::Result<String> {
    let output = Command::new("git").current_dir(workspace()).args(arguments).output();
    let output = output.context("cannot run git")?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
