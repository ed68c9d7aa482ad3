//! A process that is told from any later one of the same id.

use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use std::{fs, process::Command};

/// An id and the time it was given out: ids are used again, this pair is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Process {
    pub pid: u32,
    /// Ticks after the machine's start.
    started: u64,
}

impl Process {
    /// The running process of that id.
    pub fn of(pid: u32) -> Option<Self> {
        let (state, started) = stat(pid)?;
        (state != "Z").then_some(Self { pid, started })
    }

    pub fn all(pids: &[u32]) -> Vec<Self> {
        pids.iter().filter_map(|pid| Self::of(*pid)).collect()
    }

    pub fn this() -> anyhow::Result<Self> {
        Self::of(std::process::id()).context("cannot read /proc/self/stat")
    }

    /// True while this very process runs.
    pub fn is_alive(self) -> bool {
        Self::of(self.pid) == Some(self)
    }

    /// Sends a signal (`TERM`, `KILL`), unless it has ended.
    pub fn signal(self, signal: &str) -> anyhow::Result<()> {
        if self.is_alive() {
            let script = "kill -s \"$1\" \"$2\"";
            Command::new("sh")
                .args(["-c", script, "signal", signal, &self.pid.to_string()])
                .status()
                .context("cannot run sh")?;
        }
        Ok(())
    }

    /// Resident memory in MiB.
    pub fn memory(self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid)).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kibibytes: u64 = line.split_whitespace().next()?.parse().ok()?;
        Some(kibibytes / 1024)
    }
}

/// State and start time of a process. Its name, in parentheses before them, may hold anything.
fn stat(pid: u32) -> Option<(String, u64)> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(") ")?;
    let fields: Vec<&str> = fields.split_whitespace().collect();
    // Fields 3 and 22 of proc_pid_stat(5).
    Some(((*fields.first()?).to_owned(), fields.get(19)?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_process_of_the_same_id_is_not_the_one_recorded() {
        let this = Process::this().unwrap();
        let earlier = Process { started: this.started - 1, ..this };

        assert!(this.is_alive());
        assert!(!earlier.is_alive());
    }

    #[test]
    fn a_process_that_ended_is_not_alive_even_before_it_is_waited_for() {
        let mut child = Command::new("sleep").arg("60").spawn().unwrap();
        let process = Process::of(child.id()).unwrap();
        assert!(process.is_alive());

        process.signal("KILL").unwrap();

        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(10);
        while process.is_alive() {
            assert!(std::time::Instant::now() < deadline, "it is still alive");
        }
        child.wait().unwrap();
    }
}
