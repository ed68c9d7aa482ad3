//! A user with the demo files, in any installation.

use crate::{
    api::Api,
    interrupt::Interrupt,
    up::{self, demo},
};
use anyhow::Context as _;
use clap::Args;
use std::{fs, path::PathBuf};

/// Register the demo user and import the demo files through the public API; what is there already stays.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Where the gateway is
    #[arg(long)]
    url: String,
    /// File with the demo user's password
    #[arg(long)]
    password_file: PathBuf,
    /// Folder of the demo files
    #[arg(long)]
    files: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let file = &arguments.password_file;
    let password = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let password = password.trim();
    let mut api = Api::sign_up(&arguments.url, demo::EMAIL, password, "Demo")?;
    let interrupt = Interrupt::on_signals()?;
    let mut outcomes = Vec::new();
    for delivery in demo::deliveries_of(&arguments.files) {
        outcomes.push(delivery.deliver(&mut api, &interrupt)?);
    }
    println!();
    up::print_table(&outcomes);
    println!("\n  sign in as {} / {password}", demo::EMAIL);
    Ok(())
}
