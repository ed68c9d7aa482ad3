//! The gateway process.

use clap::{Parser, Subcommand};
use gateway::Config;
use secrecy::ExposeSecret as _;
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
    /// Ask the process that serves in this container whether it is alive: the exit code says it.
    Healthcheck(runtime::healthcheck::Healthcheck),
    /// Print a new key for `CURSOR_KEYS`.
    GenerateCursorKey,
    /// Print the OpenAPI document.
    Openapi,
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Serve(config) => {
            let telemetry = config.telemetry.clone();
            runtime::process::serve("gateway", &telemetry, |shutdown| gateway::run(*config, shutdown))
        }
        Command::Healthcheck(settings) => runtime::healthcheck::run("gateway", &settings),
        Command::GenerateCursorKey => print(gateway::generate_cursor_key().expose_secret()),
        Command::Openapi => print(&gateway::openapi_json()),
    }
}

#[expect(clippy::print_stdout, reason = "it is what the subcommand is asked for")]
fn print(text: &str) -> ExitCode {
    println!("{text}");
    ExitCode::SUCCESS
}
