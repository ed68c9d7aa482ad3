//! A user with the demo files, in any installation.

use crate::{
    api::{Api, Refused},
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
    let mut api = match Api::sign_up(&arguments.url, demo::EMAIL, password, "Demo") {
        Ok(api) => api,
        // Whoever changed how the user signs in has used the journal: there is nothing left to set up, and others wait for this to end.
        Err(error) if error.is::<Refused>() => {
            println!("  {} is already set up: {error:#}", demo::EMAIL);
            return Ok(());
        }
        Err(error) => return Err(error),
    };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::stub;

    fn set_up(status: u16) -> anyhow::Result<()> {
        let folder = tempfile::tempdir().unwrap();
        let password_file = folder.path().join("password");
        fs::write(&password_file, "the first one\n").unwrap();
        let files = folder.path().to_owned();
        run(&Arguments { url: stub::signing_in_is(status), password_file, files })
    }

    #[test]
    fn a_demo_user_who_signs_in_in_another_way_is_already_set_up() {
        for status in [401, 403, 429] {
            set_up(status).unwrap();
        }
    }

    #[test]
    fn a_journal_that_cannot_sign_anybody_in_is_not_set_up() {
        let failure = set_up(503).unwrap_err();

        assert!(format!("{failure:#}").contains("POST /v1/auth/login: 503"), "{failure:#}");
    }
}
