//! The trades service: accounts, imports, fills and round-trip trades.

use clap::{Parser, Subcommand};
use runtime::process;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "trades", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve gRPC and run imports until SIGTERM.
    Serve(Box<trades::Config>),
    /// Bring the database up to date.
    Migrate(runtime::settings::Migration),
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Serve(config) => {
            let telemetry = config.telemetry.clone();
            process::serve("trades", &telemetry, |shutdown| trades::run(*config, shutdown))
        }
        Command::Migrate(settings) => process::migrate("trades", &settings, &trades::migrators()),
    }
}
