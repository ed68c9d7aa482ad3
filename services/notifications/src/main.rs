//! The notifications process.

use clap::{Parser, Subcommand};
use notifications::Config;
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
        Command::Migrate(settings) => {
            process::migrate("notifications", &settings, &notifications::migrators())
        }
    }
}
