//! The analytics process.

use analytics::Config;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Statistics over closed trades.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve until SIGTERM.
    Serve(Box<Config>),
    /// Bring the database up to date.
    Migrate(Box<runtime::settings::Migration>),
    /// Ask the process that serves in this container whether it is alive: the exit code says it.
    Healthcheck(runtime::healthcheck::Healthcheck),
    /// Put the events that rest in a dead queue back to work, as if they were new. What fails again rests again.
    Redrive(Box<events::Redrive>),
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Serve(config) => {
            let telemetry = config.telemetry.clone();
            runtime::process::serve("analytics", &telemetry, |shutdown| analytics::run(*config, shutdown))
        }
        Command::Healthcheck(settings) => runtime::healthcheck::run("analytics", &settings),
        Command::Redrive(redrive) => redrive.run("analytics"),
        Command::Migrate(settings) => {
            runtime::process::migrate("analytics", &settings, &analytics::migrators())
        }
    }
}
