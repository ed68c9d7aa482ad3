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
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Serve(config) => {
            let telemetry = config.telemetry.clone();
            runtime::process::serve("analytics", &telemetry, |shutdown| analytics::run(*config, shutdown))
        }
        Command::Healthcheck(settings) => runtime::healthcheck::run("analytics", &settings),
        Command::Migrate(settings) => {
            runtime::process::migrate("analytics", &settings, &analytics::migrators())
        }
    }
}
