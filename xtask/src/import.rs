//! `cargo dev import`: brokers' files into the running journal.

use crate::{delivery::Delivery, folder::Folder, interrupt::Interrupt, up};
use anyhow::{Context as _, bail};
use clap::Args;
use std::{path::PathBuf, process::ExitCode};

/// Import brokers' files into accounts of the demo user, through the public API.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Files as the broker exported them
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Account to import into, created when there is none of that name [default: one named after the file]
    #[arg(long, value_name = "NAME")]
    account: Option<String>,
    /// Zone of times that the file gives without one (IANA name), and of a new account
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// Format's id, when it is not to be recognised from the content
    #[arg(long)]
    format: Option<String>,
}

pub(crate) fn run(arguments: &Arguments, folder: &Folder) -> anyhow::Result<ExitCode> {
    if let Some(file) = arguments.files.iter().find(|file| !file.is_file()) {
        bail!("there is no file {}", file.display());
    }
    let state = up::running(folder)?;
    let url = state.url.context("the gateway is not up yet: see cargo dev status")?;
    let interrupt = Interrupt::default();
    let mut api = up::sign_in(&url, folder)?;
    let (mut outcomes, mut failed) = (Vec::new(), false);
    for file in &arguments.files {
        let mut delivery =
            Delivery::of_file(file, arguments.account.as_deref(), arguments.time_zone.as_deref());
        delivery.format.clone_from(&arguments.format);
        match delivery.deliver(&mut api, &interrupt) {
            Ok(outcome) => outcomes.push(outcome),
            Err(error) => {
                failed = true;
                eprintln!("    {error:#}");
            }
        }
    }
    if !outcomes.is_empty() {
        println!();
        up::print_table(&outcomes);
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
