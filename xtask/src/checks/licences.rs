//! `cargo deny`: licences, sources and duplicates of dependencies, and known vulnerabilities.

use super::{Checks, Verdict, verdict_of};
use crate::{
    cargo::cargo,
    folder::{Folder, workspace},
    progress::Step,
};
use anyhow::bail;
use std::{
    env,
    path::PathBuf,
    process::{Command, Stdio},
};

/// Makes both checks.
pub(crate) fn check(checks: &mut Checks, folder: &Folder) {
    checks.make("licences, sources, bans", || {
        let mut deny = deny(folder)?;
        verdict_of(deny.args(["bans", "licenses", "sources"]))
    });
    checks.make("advisories", || {
        let mut fetch = Command::new(program(folder).unwrap_or_else(|| "cargo-deny".into()));
        let fetched = fetch.args(["fetch", "db"]).current_dir(workspace()).stdout(Stdio::null()).status();
        if !fetched.is_ok_and(|status| status.success()) {
            return Ok(Verdict::Skipped("the advisory database cannot be reached".to_owned()));
        }
        verdict_of(deny(folder)?.args(["--disable-fetch", "advisories"]))
    });
}

/// `cargo-deny check`, installed into the tools of the stack when it is missing.
fn deny(folder: &Folder) -> anyhow::Result<Command> {
    let program = match program(folder) {
        Some(program) => program,
        None => install(folder)?,
    };
    let mut command = Command::new(program);
    command.current_dir(workspace()).arg("check");
    Ok(command)
}

fn program(folder: &Folder) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.tools().join("bin")).chain(env::split_paths(&path));
    folders.map(|folder| folder.join("cargo-deny")).find(|program| program.is_file())
}

fn install(folder: &Folder) -> anyhow::Result<PathBuf> {
    let step = Step::announce("Installing cargo-deny into .dev/tools (once)");
    let mut command = cargo();
    command.args(["install", "--locked", "--quiet", "--root"]).arg(folder.tools()).arg("cargo-deny");
    // Its build must neither disturb nor wait for the checkout's own.
    let built = command.env("CARGO_TARGET_DIR", folder.tools().join("target")).status()?;
    if !built.success() {
        bail!("cargo-deny cannot be installed: see cargo's message above");
    }
    let _ = std::fs::remove_dir_all(folder.tools().join("target"));
    step.done("Installed cargo-deny");
    Ok(folder.tools().join("bin/cargo-deny"))
}
