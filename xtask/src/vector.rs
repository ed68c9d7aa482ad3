//! `cargo dev vector`: the engine on a scenario, to compare it with any other.

use crate::output::show;
use anyhow::Context as _;
use clap::ValueEnum;
use ledger::{Method, Statement};
use scenario::{Json, Scenario};
use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Runs the engine on a scenario in JSON and prints exact rows in JSON. Needs no server.
///
/// Numbers are exact texts: a finite decimal, or n/d in lowest terms. Irrational ones are JSON numbers, undefined ones null.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The scenario: instruments, config, fx, flows, bars and fills
    #[arg(value_name = "FILE.json")]
    file: PathBuf,
    /// Which open lot a closing fill closes first
    #[arg(long, value_enum, default_value = "fifo")]
    method: Matching,
    /// What to print
    #[arg(long, default_value = "all", value_parser = Scenario::KINDS)]
    what: String,
}

/// The methods by the names that scenarios use.
#[derive(Clone, Copy, ValueEnum)]
enum Matching {
    /// First in, first out
    Fifo,
    /// Last in, first out
    Lifo,
    /// All that is open is one lot at its average cost
    Avg,
}

/// Prints the rows on standard output, and remarks on standard error.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let name = arguments.file.display();
    let scenario = read(&arguments.file).with_context(|| name.to_string())?;
    let statement = scenario.settle(method(arguments.method)).with_context(|| name.to_string())?;
    show(&format!("{}\n", rows(&scenario, &statement, &arguments.what)?))?;
    for remark in scenario::remarks(&statement) {
        eprintln!("note: {remark}");
    }
    Ok(ExitCode::SUCCESS)
}

fn read(file: &Path) -> anyhow::Result<Scenario> {
    let text = fs::read_to_string(file)?;
    Ok(Scenario::read(&serde_json::from_str(&text).context("not JSON")?)?)
}

fn rows(scenario: &Scenario, statement: &Statement, what: &str) -> anyhow::Result<Json> {
    Ok(scenario.rows(statement, what)?)
}

const fn method(matching: Matching) -> Method {
    match matching {
        Matching::Fifo => Method::Fifo,
        Matching::Lifo => Method::Lifo,
        Matching::Avg => Method::Average,
    }
}
