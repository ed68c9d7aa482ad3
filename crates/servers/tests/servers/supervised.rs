//! A process that ends with its owner.

use crate::support::{eventually, is_alive};
use servers::{Launch, Supervised};
use std::{fs, path::Path, time::Duration};
use tempfile::TempDir;

fn shell(folder: &TempDir, script: &str) -> Launch {
    Launch::new("test", Path::new("sh"), folder.path(), &folder.path().join("test.log"))
        .arguments(["-c", script])
        .variable("PATH", "/usr/bin:/bin")
}

fn log(process: &Supervised) -> String {
    fs::read_to_string(process.log()).unwrap()
}

#[test]
fn a_process_is_asked_to_stop_first() {
    let folder = tempfile::tempdir().unwrap();
    let script = "trap 'echo asked; exit' TERM; echo ready; while :; do sleep 0.02; done";
    let process = shell(&folder, script).start().unwrap();
    eventually("the trap to be set", || log(&process).contains("ready"));

    process.stop().unwrap();

    assert_eq!(fs::read_to_string(folder.path().join("test.log")).unwrap(), "ready\nasked\n");
}

#[test]
fn a_process_that_does_not_listen_is_killed_after_its_grace() {
    let folder = tempfile::tempdir().unwrap();
    let mut launch = shell(&folder, "trap '' TERM; echo ready; while :; do sleep 0.02; done");
    launch.grace = Duration::from_secs(1);
    let process = launch.start().unwrap();
    let pids = process.pids();
    eventually("the trap to be set", || log(&process).contains("ready"));

    process.stop().unwrap();

    assert!(pids.iter().all(|pid| !is_alive(*pid)), "{pids:?}");
}

#[test]
fn a_process_that_ends_on_its_own_is_noticed_however_soon() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..20 {
        let mut process = shell(&folder, "echo out of luck; exit 7").start().unwrap();

        let mut ended = None;
        while ended.is_none() {
            ended = process.ended();
        }

        assert_eq!(ended.as_deref(), Some("exit status: 7"));
        assert_eq!(log(&process), "out of luck\n");
    }
}

#[test]
fn the_log_of_the_run_before_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    for run in ["first", "second"] {
        let process = shell(&folder, &format!("echo {run}; exec sleep 60")).start().unwrap();
        eventually("the run to speak", || log(&process).contains(run));
    }

    let kept = fs::read_to_string(folder.path().join("test.log.old")).unwrap();
    assert_eq!(kept.lines().next(), Some("first"));
}

#[test]
fn nothing_of_the_owners_environment_is_inherited() {
    let folder = tempfile::tempdir().unwrap();
    let process = shell(&folder, "echo \"manifest=$CARGO_MANIFEST_DIR.\"; exec sleep 60").start().unwrap();

    eventually("the process to speak", || log(&process).contains("manifest=."));
}
