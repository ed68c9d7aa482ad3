//! `cargo dev up`: from a bare machine to a journal with trades in it.

pub(crate) mod demo;
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
    progress::duration,
    stack::{Stack, binaries::Binaries, databases, services, state::State},
    web,
};
use anyhow::{Context as _, bail};
use clap::Args;
use servers::Installation;
use std::{path::PathBuf, process::ExitCode, time::Instant};

/// Start everything, import the demo files, and say where to look.
///
/// Finds PostgreSQL, Redis and RabbitMQ (installs Debian's packages when they are missing), starts private instances on free
/// loopback ports with their data under .dev/, builds and starts the web client and the five services, and drives the public API like any client.
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
    let Some(lock) = folder.lock()? else { return already_up(arguments, folder) };
    let installation = installation::ready(folder, arguments.yes)?;
    let interrupt = Interrupt::on_signals()?;
    if arguments.detach {
        // Here, where its progress can be seen: the background process finds it done.
        Binaries::build(arguments.release, &interrupt)?;
        web_client(folder);
        drop(lock);
        return detached::run(arguments, folder, &interrupt);
    }
    let mut stack = Stack::new(folder)?;
    let url = bring_up(&mut stack, &installation, arguments, folder, &interrupt)?;
    let wanted = deliveries(arguments);
    let mut user = if wanted.is_empty() { None } else { demo::sign_in_if_let(&url, folder)? };
    let mut outcomes = Vec::new();
    if let Some(api) = &mut user {
        for delivery in wanted {
            outcomes.push(delivery.deliver(api, &interrupt)?);
            stack.check()?;
        }
    }
    let password = user.map(|_| demo::password(folder)).transpose()?;
    summary::print(&url, folder, password.as_deref(), &outcomes);
    println!("\n  Up after {}.", duration(started.elapsed()));
    stack.state.ready = true;
    stack.save_state()?;
    stay(stack, &interrupt, folder, arguments.background)?;
    drop(lock);
    Ok(ExitCode::SUCCESS)
}

/// Servers, databases, services. Returns the public URL.
fn bring_up(
    stack: &mut Stack,
    installation: &Installation,
    arguments: &Arguments,
    folder: &Folder,
    interrupt: &Interrupt,
) -> anyhow::Result<String> {
    stack.start_servers(installation, interrupt)?;
    let databases = databases::create(&stack.servers()?.postgres, folder)?;
    let binaries = Binaries::build(arguments.release, interrupt)?;
    databases::migrate(&binaries, &databases, folder)?;
    interrupt.check()?;
    let web = web_client(folder).and_then(|folder| folder.into_os_string().into_string().ok());
    let web = web.as_deref().map(|folder| ("WEB_DIR", folder));
    services::start(stack, &binaries, &databases, folder, web.as_slice(), interrupt)
}

/// The folder of the built web client. Without it everything else runs all the same.
fn web_client(folder: &Folder) -> Option<PathBuf> {
    match web::built(folder) {
        Ok(built) => Some(built),
        Err(error) => {
            println!("  ! Without the web client, the API alone: {error:#}");
            None
        }
    }
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

fn already_up(arguments: &Arguments, folder: &Folder) -> anyhow::Result<ExitCode> {
    match State::running(folder)? {
        Some(State { ready: true, url: Some(url), .. }) => {
            if !arguments.files.is_empty() {
                bail!("already up: {url}; import files with cargo dev import <file>...");
            }
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
