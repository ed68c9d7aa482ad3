//! `cargo dev up`: from a bare machine to a journal with trades in it.

mod demo;
mod detached;
mod summary;

pub(crate) use demo::sign_in;
pub(crate) use summary::print_table;

use crate::{
    delivery::Delivery,
    folder::Folder,
    installation,
    interrupt::Interrupt,
    logs::{self, Follower},
    progress::{Step, duration},
    stack::{Stack, binaries::Binaries, databases, services, state::State},
};
use anyhow::{Context as _, bail};
use clap::Args;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

/// Start everything, import the demo files, and say where to look.
///
/// Finds PostgreSQL, Redis and RabbitMQ (installs Debian's packages when they are missing), starts private instances on free
/// loopback ports with their data under .dev/, builds and starts the five services, and drives the public API like any client.
/// Stays in the foreground and shows what the services log, until Ctrl-C stops everything.
#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct Arguments {
    /// Leave everything running in the background; `cargo dev down` stops it
    #[arg(short, long)]
    detach: bool,
    /// Install missing packages without asking
    #[arg(short, long)]
    yes: bool,
    /// Build the services with optimisation
    #[arg(long)]
    release: bool,
    /// Do not import the demo files
    #[arg(long)]
    no_demo: bool,
    /// Brokers' files to import as well, each into an account of its own
    files: Vec<PathBuf>,
    /// This is the background process of `--detach`
    #[arg(long, hide = true)]
    background: bool,
}

pub(crate) fn run(arguments: &Arguments, folder: &Folder) -> anyhow::Result<ExitCode> {
    let started = Instant::now();
    if let Some(file) = arguments.files.iter().find(|file| !file.is_file()) {
        bail!("there is no file {}", file.display());
    }
    let Some(lock) = folder.lock()? else { return already_up(folder) };
    let installation = installation::ready(folder, arguments.yes)?;
    if arguments.detach {
        drop(lock);
        return detached::run(arguments, folder);
    }
    let interrupt = Interrupt::on_signals()?;
    let mut stack = Stack::new(folder)?;
    stack.start_servers(&installation, &interrupt)?;
    let databases = databases::create(&stack.servers()?.postgres, folder)?;
    let binaries = Binaries::build(arguments.release, &interrupt)?;
    interrupt.check()?;
    databases::migrate(&binaries, &databases, folder)?;
    interrupt.check()?;
    services::start(&mut stack, &binaries, &databases, folder, &interrupt)?;
    let url = stack.state.url.clone().context("the gateway has no URL")?;
    let mut api = sign_in(&url, folder)?;
    let mut outcomes = Vec::new();
    for delivery in deliveries(arguments) {
        outcomes.push(delivery.deliver(&mut api, &interrupt)?);
        stack.check()?;
    }
    summary::print(&url, folder, &outcomes)?;
    println!("\n  Up after {}.", duration(started.elapsed()));
    stack.state.ready = true;
    stack.state.save(folder)?;
    stay(stack, &interrupt, folder, arguments.background)?;
    drop(lock);
    Ok(ExitCode::SUCCESS)
}

fn deliveries(arguments: &Arguments) -> Vec<Delivery> {
    let demo = if arguments.no_demo { Vec::new() } else { demo::deliveries() };
    let own = arguments.files.iter().map(|file| Delivery::of_file(file, None, None));
    demo.into_iter().chain(own).collect()
}

/// Runs until a stop is requested; in the foreground, shows what the services log meanwhile.
fn stay(mut stack: Stack, interrupt: &Interrupt, folder: &Folder, quiet: bool) -> anyhow::Result<()> {
    let mut followers: Vec<Follower> =
        services::SERVICES.iter().map(|name| Follower::at_end(name, &folder.log(name))).collect();
    if !quiet {
        println!("  Ctrl-C stops everything. What the services log:\n");
    }
    stack.watch(interrupt, || {
        if !quiet {
            logs::print_new(&mut followers);
        }
    })?;
    println!();
    stack.stop()
}

fn already_up(folder: &Folder) -> anyhow::Result<ExitCode> {
    match State::running(folder)? {
        Some(State { ready: true, url: Some(url), .. }) => {
            println!("  Already up: {url}   (docs: {url}/docs, stop: cargo dev down)");
            Ok(ExitCode::SUCCESS)
        }
        Some(state) => {
            bail!("process {} is just starting or stopping it: see cargo dev status", state.owner.pid)
        }
        None => bail!("another `cargo dev` command is at work on {}", folder.path().display()),
    }
}

/// The running, ready stack, for commands that need one.
pub(crate) fn running(folder: &Folder) -> anyhow::Result<State> {
    State::running(folder)?.context("nothing runs: start it with cargo dev up")
}

/// A path as other processes understand it.
fn absolute(file: &Path) -> anyhow::Result<PathBuf> {
    std::path::absolute(file).with_context(|| format!("cannot resolve {}", file.display()))
}

/// Shown while something else is waited for.
fn waiting(text: &str) -> Step {
    Step::begin(text)
}
