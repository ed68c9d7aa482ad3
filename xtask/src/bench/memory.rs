//! Memory of a process, from what Linux tells of it.

use crate::stack::process::Process;
use anyhow::Context as _;
use std::fs;

/// Its share of what it has in memory, in KiB: pages that several processes use count in part (`proc_pid_smaps(5)`).
pub(super) fn proportional(process: Process) -> anyhow::Result<u64> {
    kibibytes(process, "smaps_rollup", "Pss:")
}

/// What it has in memory, shared pages in full, in KiB.
pub(super) fn resident(process: Process) -> anyhow::Result<u64> {
    kibibytes(process, "status", "VmRSS:")
}

/// The most that it had in memory, shared pages in full, in KiB, since its start or the last [`forget_peak`].
pub(super) fn peak(process: Process) -> anyhow::Result<u64> {
    kibibytes(process, "status", "VmHWM:")
}

/// Lets the peak begin again at what the process uses now.
pub(super) fn forget_peak(process: Process) -> anyhow::Result<()> {
    let file = format!("/proc/{}/clear_refs", process.pid);
    // 5 resets the peak (proc_pid_clear_refs(5)).
    fs::write(&file, "5").with_context(|| format!("cannot write {file}"))
}

/// `123.4 MiB`.
pub(super) fn mebibytes(kibibytes: u64) -> String {
    let tenths = kibibytes * 10 / 1024;
    format!("{}.{} MiB", tenths / 10, tenths % 10)
}

fn kibibytes(process: Process, file: &str, label: &str) -> anyhow::Result<u64> {
    let file = format!("/proc/{}/{file}", process.pid);
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {file}"))?;
    let line = text.lines().find_map(|line| line.strip_prefix(label));
    let figure = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    figure.with_context(|| format!("{file} has no {label}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_has_used_at_its_peak_no_less_than_its_share_now() {
        let this = Process::this().unwrap();

        assert!(proportional(this).unwrap() > 0);
        assert!(peak(this).unwrap() >= proportional(this).unwrap());
        assert_eq!(mebibytes(1_587), "1.5 MiB");
    }
}
