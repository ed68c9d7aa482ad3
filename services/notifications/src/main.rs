//! The notifications process.

use clap::{Parser, Subcommand};
use notifications::{Config, Digest};
use runtime::{process, settings::Migration};
use std::{ffi::OsString, process::ExitCode};

/// Inbox, live stream and e-mail of Trading Journal.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve until SIGTERM (the default when nothing is given).
    Serve(Box<Config>),
    /// Bring the database up to date, as the owner of its tables.
    Migrate(Box<Migration>),
    /// Ask the process that serves in this container whether it is alive: the exit code says it.
    Healthcheck(runtime::healthcheck::Healthcheck),
    /// Put the events that rest in a dead queue back to work, as if they were new. What fails again rests again.
    Redrive(Box<events::Redrive>),
    /// Mail each user who asked for it what came into the inbox since the digest before, or in the last seven days.
    ///
    /// Once a week (Monday to Sunday, UTC), however often it is run; whoever has nothing to be told gets nothing. It prints how many were
    /// mailed, and its exit code is 0 unless it could not finish: then run it again.
    Digest(Box<Digest>),
}

fn main() -> ExitCode {
    let arguments = std::env::args_os();
    let default = (arguments.len() < 2).then(|| OsString::from("serve"));
    match Cli::parse_from(arguments.chain(default)).command {
        Command::Serve(config) => {
            let telemetry = config.telemetry.clone();
            process::serve("notifications", &telemetry, |shutdown| notifications::run(*config, shutdown))
        }
        Command::Healthcheck(settings) => runtime::healthcheck::run("notifications", &settings),
        Command::Redrive(redrive) => redrive.run("notifications"),
        Command::Digest(digest) => digest.run(),
        Command::Migrate(settings) => {
            process::migrate("notifications", &settings, &notifications::migrators())
        }
    }
}
