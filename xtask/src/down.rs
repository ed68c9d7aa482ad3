//! `cargo dev down`: stops everything that `up` started, and nothing else.

use crate::{
    folder::Folder,
    progress::Step,
    stack::{process::Process, state::State},
};
use anyhow::bail;
use clap::Args;
use std::{
    process::ExitCode,
    thread,
    time::{Duration, Instant},
};

/// What the stack may take to stop by itself: 25 s for services, then 30 s for RabbitMQ, and some.
const PATIENCE: Duration = Duration::from_secs(75);

/// Stop everything; data stays.
#[derive(Args, Debug)]
pub(crate) struct Arguments {}

pub(crate) fn run(_: &Arguments, folder: &Folder) -> anyhow::Result<ExitCode> {
    if !stop(folder)? {
        println!("  Nothing runs.");
    }
    Ok(ExitCode::SUCCESS)
}

/// Stops the stack and waits until every process of it is gone. False when nothing ran.
pub(crate) fn stop(folder: &Folder) -> anyhow::Result<bool> {
    let Some(state) = State::read(folder)? else { return Ok(false) };
    let found = state.alive();
    if found.is_empty() {
        State::remove(folder)?;
        return Ok(false);
    }
    let step = Step::begin("Stopping");
    // Everything ends with its owner, which stops it in order; when the owner is dead already, it is stopping by itself.
    state.owner.signal("TERM")?;
    if !wait(&state, PATIENCE) {
        for process in state.alive() {
            process.signal("KILL")?;
        }
        if !wait(&state, Duration::from_secs(10)) {
            let pids: Vec<String> = state.alive().iter().map(|Process { pid, .. }| pid.to_string()).collect();
            bail!("these processes do not end: {}", pids.join(" "));
        }
    }
    State::remove(folder)?;
    step.done(format!("Stopped {} processes; data stays until `cargo dev reset`", found.len()));
    Ok(true)
}

fn wait(state: &State, patience: Duration) -> bool {
    let deadline = Instant::now() + patience;
    while !state.alive().is_empty() {
        if Instant::now() > deadline {
            return false;
        }
        thread::sleep(Duration::from_millis(50));
    }
    true
}
