//! Time that processes spend on a core, from what Linux tells of it.

use crate::stack::process::Process;
use anyhow::Context as _;
use std::{
    collections::{BTreeMap, HashMap},
    fs,
    time::Duration,
};

/// Linux counts in hundredths of a second for every program (`USER_HZ`).
const TICK: Duration = Duration::from_millis(10);

/// What each spent, by the name of what it belongs to.
pub(super) type Spent = BTreeMap<String, Duration>;

/// Of these processes and of all that they began, since their start. Who has ended counts for whoever began him.
pub(super) fn spent(roots: &[(String, Process)]) -> anyhow::Result<Spent> {
    let (mut ticks, mut children) = (HashMap::new(), HashMap::<u32, Vec<u32>>::new());
    for entry in fs::read_dir("/proc").context("cannot list the processes")? {
        let Some(pid) = entry?.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        let Some((parent, spent)) = stat(pid) else { continue };
        ticks.insert(pid, spent);
        children.entry(parent).or_default().push(pid);
    }
    let mut waiting: Vec<(&String, u32)> = roots.iter().map(|(name, root)| (name, root.pid)).collect();
    let mut sums = Spent::new();
    while let Some((name, pid)) = waiting.pop() {
        // Each counts once, though a root may be another one's child.
        let Some(spent) = ticks.remove(&pid) else { continue };
        *sums.entry(name.clone()).or_default() += TICK * spent;
        waiting.extend(children.get(&pid).into_iter().flatten().map(|&child| (name, child)));
    }
    Ok(sums)
}

/// Parent of a process, and ticks that it and its ended children spent. Its name, in parentheses before them, may hold anything.
fn stat(pid: u32) -> Option<(u32, u32)> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit_once(") ")?.1.split_whitespace().collect();
    // Fields 4 and 14 to 17 of proc_pid_stat(5).
    let ticks = fields.get(11..15)?.iter().map(|ticks| ticks.parse::<u32>().unwrap_or_default());
    Some((fields.get(1)?.parse().ok()?, ticks.sum()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_that_was_begun_counts_for_the_one_that_began_it() {
        let this = ("this".to_owned(), Process::this().unwrap());
        let roots = [this.clone(), this];
        let before = spent(&roots).unwrap();
        let script = "i=0; while [ $i -lt 200000 ]; do i=$((i + 1)); done";

        std::process::Command::new("sh").args(["-c", script]).status().unwrap();

        assert!(spent(&roots).unwrap()["this"] > before["this"]);
    }
}
