//! The reference implementation, where it is at hand.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");

/// The stored scenarios of the reference; `None`, with a message, where they are not at hand.
pub fn vectors() -> Option<PathBuf> {
    let folder = Path::new(SHARED).join("data/vectors");
    if !folder.is_dir() {
        eprintln!("skipped: the reference scenarios are not here");
        return None;
    }
    Some(folder)
}

pub fn read(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// What a Python program, which can import the reference and reads `input`, prints as JSON; `None`, with a message,
/// where the reference or Python is not at hand.
pub fn evaluate(program: &str, input: &Value) -> Option<Value> {
    let folder = Path::new(SHARED).join("oracle");
    let python =
        Command::new("python3").arg("--version").output().is_ok_and(|output| output.status.success());
    if !folder.is_dir() || !python {
        eprintln!("skipped: the reference implementation or python3 is not here");
        return None;
    }
    let mut child = Command::new("python3")
        .args(["-c", program])
        .env("PYTHONPATH", folder)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "the reference failed");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}
