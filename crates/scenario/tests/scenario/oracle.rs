//! The reference implementation, where it is at hand.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

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

/// The files of the scenarios, by name.
pub fn scenarios(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.is_file()).collect();
    files.sort();
    files
}

pub fn read(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The reference implementation; `None`, with a message, where it or Python is not at hand.
pub fn programs() -> Option<PathBuf> {
    let folder = Path::new(SHARED).join("oracle");
    let python =
        Command::new("python3").arg("--version").output().is_ok_and(|output| output.status.success());
    if !folder.is_dir() || !python {
        eprintln!("skipped: the reference implementation or python3 is not here");
        return None;
    }
    Some(folder)
}

/// A generated stream of fills.
pub fn generate(programs: &Path, name: &str, arguments: &[&str]) -> Value {
    let path = scratch(&format!("{name}.json"));
    python(
        Command::new("python3").arg(programs.join("gen_fills.py")).args(arguments).arg("--out").arg(&path),
    );
    read(&path)
}

/// What the reference makes of a document.
pub fn evaluate(programs: &Path, name: &str, document: &Value, method: &str) -> Value {
    let path = scratch(&format!("{name}-{method}.json"));
    fs::write(&path, document.to_string()).unwrap();
    let output =
        python(Command::new("python3").arg(programs.join("oracle.py")).arg(&path).args(["--method", method]));
    serde_json::from_slice(&output).unwrap()
}

/// The rows of [`evaluate`] without the figures, which take exact fractions of so many trades hours.
pub fn match_only(programs: &Path, name: &str, document: &Value, method: &str) -> Value {
    const PROGRAM: &str = "import json, sys; sys.path.insert(0, sys.argv[1]); import oracle\n\
        e = oracle.Engine(json.load(open(sys.argv[2])), sys.argv[3])\n\
        rows = dict(trips=e.trip_rows(), legs=e.legs, open=e.open_rows(), issues=sorted(e.issues))\n\
        print(json.dumps(oracle.plain(rows)))";
    let path = scratch(&format!("{name}-{method}.json"));
    fs::write(&path, document.to_string()).unwrap();
    let output = python(Command::new("python3").args(["-c", PROGRAM]).arg(programs).arg(&path).arg(method));
    serde_json::from_slice(&output).unwrap()
}

fn scratch(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn python(command: &mut Command) -> Vec<u8> {
    let output =
        command.env("PYTHONDONTWRITEBYTECODE", "1").env("PYTHONINTMAXSTRDIGITS", "0").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}
