//! The gateway process.

use clap::{Parser, Subcommand};
use gateway::Config;
use std::process::ExitCode;

/// The public door of Trading Journal: REST, WebSocket and documentation over HTTP.
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
    /// Print the OpenAPI document.
    Openapi,
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Serve(config) => {
            let telemetry = config.telemetry.clone();
            runtime::process::serve("gateway", &telemetry, |shutdown| gateway::run(*config, shutdown))
        }
        Command::Openapi => print_openapi(),
    }
}

#[expect(clippy::print_stdout, reason = "the document is what this subcommand is asked for")]
fn print_openapi() -> ExitCode {
    println!("{}", gateway::openapi_json());
    ExitCode::SUCCESS
}
