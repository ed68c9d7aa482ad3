//! `cargo dev up --detach`: the same command once more, as a process of its own that stays.

use super::Arguments;
use crate::{
    folder::{Folder, workspace},
    interrupt::{Interrupt, Interrupted},
    logs::Follower,
    progress::Step,
    stack::{process::Process, state::State},
};
use anyhow::Context as _;
use std::{
    env,
    fs::File,
    os::unix::process::CommandExt as _,
    path,
    process::{Child, Command, ExitCode, Stdio},
    thread,
    time::Duration,
};

/// Starts the background process, shows what it says until everything is up, and leaves it.
pub(super) fn run(arguments: &Arguments, folder: &Folder, interrupt: &Interrupt) -> anyhow::Result<ExitCode> {
    let mut child = start(arguments, folder)?;
    let mut said = Follower::at_start("up", &folder.log("up"));
    let step = Step::begin("Starting in the background");
    loop {
        let ended = child.try_wait()?;
        let up = State::running(folder)?.is_some_and(|state| state.ready && state.owner.pid == child.id());
        for line in said.lines() {
            step.line(&line);
        }
        if ended.is_some() {
            // It has said why.
            step.vanish();
            return Ok(ExitCode::FAILURE);
        }
        if up {
            step.vanish();
            println!("  It stays in the background: cargo dev status | logs -f | down");
            return Ok(ExitCode::SUCCESS);
        }
        if interrupt.is_requested() {
            step.now("Stopping");
            if let Some(process) = Process::of(child.id()) {
                process.signal("TERM")?;
            }
            child.wait()?;
            step.vanish();
            return Err(Interrupted.into());
        }
        thread::sleep(Duration::from_millis(100));
    }
}

fn start(arguments: &Arguments, folder: &Folder) -> anyhow::Result<Child> {
    let log = File::create(folder.log("up")).context("cannot write the log")?;
    let mut command = Command::new(env::current_exe().context("cannot find this program")?);
    command.arg("--folder").arg(folder.path()).args(["up", "--background", "--yes"]);
    command.args(arguments.release.then_some("--release")).args(arguments.no_demo.then_some("--no-demo"));
    for file in &arguments.files {
        command.arg(path::absolute(file).with_context(|| format!("cannot resolve {}", file.display()))?);
    }
    command
        .current_dir(workspace())
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        // Neither Ctrl-C nor the end of this terminal is meant for it.
        .process_group(0);
    command.spawn().context("cannot start the background process")
}
