//! `cargo dev`: the development stack and the checks, one command each.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool speaks on its terminal")]

mod api;
mod aws;
mod bench;
mod cargo;
mod checks;
mod compose_test;
mod dashboards;
mod delivery;
mod down;
mod engine;
mod folder;
mod fuzz_api;
mod images;
mod import;
#[cfg(test)]
mod incidents;
mod infra;
mod installation;
mod interrupt;
mod lint;
mod logs;
mod mail;
mod mutants;
mod node;
mod output;
mod parse;
mod progress;
#[cfg(test)]
mod promises;
mod psql;
mod reset;
mod restore_test;
mod rolling_test;
mod sdk;
mod setup;
mod single_server_test;
mod stack;
mod status;
mod table;
mod test;
mod tools;
mod up;
mod vector;
mod web;

use clap::{Parser, Subcommand};
use folder::Folder;
use std::{path::PathBuf, process::ExitCode};

/// Trading Journal on this machine: started, looked into, tested.
#[derive(Parser)]
#[command(name = "cargo dev", bin_name = "cargo dev", max_term_width = 110)]
struct Cli {
    /// Keeps data, logs, secrets and tools [default: .dev in the checkout]
    #[arg(long, global = true, value_name = "FOLDER")]
    folder: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Up(up::Arguments),
    Down(down::Arguments),
    Status(status::Arguments),
    Logs(logs::Arguments),
    Mail(mail::Arguments),
    Reset(reset::Arguments),
    Psql(psql::Arguments),
    Import(import::Arguments),
    Test(test::Arguments),
    Lint(lint::Arguments),
    Infra(infra::Arguments),
    Bench(bench::Arguments),
    FuzzApi(fuzz_api::Arguments),
    RestoreTest(restore_test::Arguments),
    RollingTest(rolling_test::Arguments),
    Screenshots(web::browser::Arguments),
    SingleServerTest(single_server_test::Arguments),
    Sdk(sdk::Arguments),
    Setup(setup::Arguments),
    Mutants(mutants::Arguments),
    Dashboards(dashboards::Arguments),
    Vector(vector::Arguments),
    Parse(parse::Arguments),
    Images(images::Arguments),
    ComposeTest(compose_test::Arguments),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match Folder::new(cli.folder).and_then(|folder| execute(&cli.command, &folder)) {
        Ok(code) => code,
        Err(error) if error.is::<interrupt::Interrupted>() => {
            eprintln!("\n{error}");
            ExitCode::from(130)
        }
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn execute(command: &Command, folder: &Folder) -> anyhow::Result<ExitCode> {
    match command {
        Command::Up(arguments) => up::run(arguments, folder),
        Command::Down(arguments) => down::run(arguments, folder),
        Command::Status(arguments) => status::run(arguments, folder),
        Command::Logs(arguments) => logs::run(arguments, folder),
        Command::Mail(arguments) => mail::run(arguments, folder),
        Command::Reset(arguments) => reset::run(arguments, folder),
        Command::Psql(arguments) => psql::run(arguments, folder),
        Command::Import(arguments) => import::run(arguments, folder),
        Command::Test(arguments) => test::run(arguments, folder),
        Command::Lint(arguments) => Ok(lint::run(arguments, folder)),
        Command::Infra(arguments) => Ok(infra::run(arguments, folder)),
        Command::Bench(arguments) => bench::run(arguments, folder),
        Command::FuzzApi(arguments) => fuzz_api::run(arguments, folder),
        Command::RestoreTest(arguments) => restore_test::run(arguments, folder),
        Command::RollingTest(arguments) => rolling_test::run(arguments, folder),
        Command::Screenshots(arguments) => web::browser::run(arguments, folder),
        Command::SingleServerTest(arguments) => single_server_test::run(arguments, folder),
        Command::Sdk(arguments) => sdk::run(arguments, folder),
        Command::Setup(arguments) => setup::run(arguments),
        Command::Mutants(arguments) => mutants::run(arguments, folder),
        Command::Dashboards(arguments) => dashboards::run(arguments),
        Command::Vector(arguments) => vector::run(arguments),
        Command::Parse(arguments) => parse::run(arguments),
        Command::Images(arguments) => images::run(arguments, folder),
        Command::ComposeTest(arguments) => compose_test::run(arguments, folder),
    }
}
