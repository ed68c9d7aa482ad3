//! Cargo, called from a process that cargo itself started.

use crate::folder::workspace;
use std::{env, path::Path, process::Command};

/// `cargo` in the checkout, without what our own `cargo run` put into the environment: build scripts that look at it would
/// run again for nothing.
pub(crate) fn cargo() -> Command {
    cargo_in(workspace())
}

/// The same in another folder.
pub(crate) fn cargo_in(folder: impl AsRef<Path>) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(folder);
    let ours = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_"];
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(|name| ours.iter().any(|prefix| name.starts_with(prefix))) {
            command.env_remove(name);
        }
    }
    if env::var_os("CI").is_some() {
        // Nobody builds there twice: what makes the second build short is gigabytes on the disk.
        command.env("CARGO_INCREMENTAL", "0");
    }
    command
}
