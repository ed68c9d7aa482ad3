//! The trades process.

use clap::{Parser, Subcommand};
use runtime::{process, settings::Migration};
use std::{ffi::OsString, process::ExitCode};
use trades::Config;

/// Accounts, imports, fills and round-trip trades.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve gRPC and run imports until SIGTERM (the default when nothing is given).
    Serve(Box<Config>),
    /// Bring the database up to date.
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
            process::serve("trades", &telemetry, |shutdown| trades::run(*config, shutdown))
        }
        Command::Healthcheck(settings) => runtime::healthcheck::run("trades", &settings),
        Command::Redrive(redrive) => redrive.run("trades"),
        Command::Migrate(settings) => process::migrate("trades", &settings, &trades::migrators()),
    }
}
