//! An owner that is killed takes its servers along.

use crate::{
    processes,
    support::{eventually, installation, is_alive},
};
use servers::{Servers, Settings};
use std::path::{Path, PathBuf};

#[test]
fn an_owner_that_is_killed_leaves_no_process_and_no_file_behind() {
    if let Some(folder) = processes::folder_of_this_process() {
        return own_servers(folder.into());
    }
    let folder = Settings::scratch().unwrap().folder;
    let this_test = "killed_owner::an_owner_that_is_killed_leaves_no_process_and_no_file_behind";
    let (mut owner, announced) = processes::start(this_test, folder.to_str().unwrap());
    let pids: Vec<u32> = announced.split_whitespace().map(|pid| pid.parse().unwrap()).collect();
    // Three servers and what watches each, and Erlang's port mapper.
    assert_eq!(pids.len(), 7);
    assert!(pids.iter().all(|pid| is_alive(*pid)));

    owner.kill().unwrap();
    owner.wait().unwrap();

    eventually("every process to end", || pids.iter().all(|pid| !is_alive(*pid)));
    eventually("every file to be deleted", || !folder.exists());
    eventually("processes that nobody told us of to end", || processes_that_name(&folder).is_empty());
}

fn own_servers(folder: PathBuf) {
    let settings = Settings { folder, durable: false, discard: true };
    let mut servers = Servers::start(&installation(), &settings).unwrap();
    let mut pids = servers.postgres.process().pids();
    pids.extend(servers.rabbitmq.process().pids());
    pids.extend(servers.redis.process().pids());
    processes::announce_and_stay(&pids.iter().map(u32::to_string).collect::<Vec<_>>().join(" "));
}

/// Processes whose command line or working folder is in `folder`: also those that nobody told us of.
fn processes_that_name(folder: &Path) -> Vec<PathBuf> {
    let processes = std::fs::read_dir("/proc").unwrap().flatten().map(|entry| entry.path());
    let name = folder.to_str().unwrap();
    processes
        .filter(|process| {
            let command = std::fs::read(process.join("cmdline")).unwrap_or_default();
            let works_there =
                std::fs::read_link(process.join("cwd")).is_ok_and(|cwd| cwd.starts_with(folder));
            works_there || String::from_utf8_lossy(&command).contains(name)
        })
        .collect()
}
