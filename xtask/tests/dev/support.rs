//! Calling `cargo dev` commands and reading what they say.

use std::{
    ffi::OsStr,
    process::{Command, Stdio},
};
use tempfile::TempDir;

/// What a command did.
#[derive(Debug)]
pub struct Said {
    pub code: Option<i32>,
    pub output: String,
    pub errors: String,
}

/// A folder that no stack has used.
pub fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// Runs a command on `folder`, without a terminal.
pub fn dev<T: AsRef<OsStr>>(folder: &TempDir, arguments: &[T]) -> Said {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("--folder")
        .arg(folder.path())
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    Said { code: output.status.code(), output: text(&output.stdout), errors: text(&output.stderr) }
}
