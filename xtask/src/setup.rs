//! `cargo dev setup`: what a fresh installation needs once. Compose runs it in a container.

mod demo;
mod secrets;

use clap::{Args, Subcommand};
use std::process::ExitCode;

/// Make what a fresh installation needs once: secrets in files, a user with demo data. It may be done again.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    Secrets(secrets::Arguments),
    Demo(demo::Arguments),
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    match &arguments.what {
        What::Secrets(arguments) => secrets::run(arguments),
        What::Demo(arguments) => demo::run(arguments),
    }?;
    Ok(ExitCode::SUCCESS)
}
