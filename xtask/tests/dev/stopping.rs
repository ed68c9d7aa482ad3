//! `down` stops what was recorded, and nothing that merely has the same id by now.

use crate::support::{dev, folder};
use std::{
    fs,
    process::{Child, Command},
};
use tempfile::TempDir;

fn sleeper() -> Child {
    Command::new("sleep").arg("600").spawn().unwrap()
}

/// Ticks between the machine's start and the process's: field 22 of `proc_pid_stat(5)`.
fn start_time(process: &Child) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{}/stat", process.id())).unwrap();
    let (_, fields) = stat.rsplit_once(") ").unwrap();
    fields.split_whitespace().nth(19).unwrap().parse().unwrap()
}

fn record(folder: &TempDir, owner: &Child, started: u64) {
    let pid = owner.id();
    let state = format!(
        r#"{{"owner": {{"pid": {pid}, "started": {started}}}, "ready": true, "url": null, "servers": [], "services": []}}"#
    );
    fs::write(folder.path().join("state.json"), state).unwrap();
}

#[test]
fn the_recorded_process_is_stopped() {
    let folder = folder();
    let mut owner = sleeper();
    record(&folder, &owner, start_time(&owner));

    let said = dev(&folder, &["down"]);

    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.output.contains("Stopped 1 processes"), "{said:?}");
    assert!(owner.try_wait().unwrap().is_some());
    assert!(!folder.path().join("state.json").exists());
}

#[test]
fn a_process_that_got_the_same_id_later_is_left_alone() {
    let folder = folder();
    let mut stranger = sleeper();
    record(&folder, &stranger, start_time(&stranger) - 1);

    let said = dev(&folder, &["down"]);

    assert_eq!((said.code, said.output.as_str()), (Some(0), "Nothing runs."));
    assert!(stranger.try_wait().unwrap().is_none());
    stranger.kill().unwrap();
    stranger.wait().unwrap();
}
