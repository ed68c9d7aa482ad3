//! `cargo dev reset`: back to a bare machine, apart from installed packages and tools.

use crate::{down, folder::Folder, installation::confirmed, progress::Step, stack::state::State};
use anyhow::{Context as _, bail};
use clap::Args;
use std::{
    fs,
    io::{ErrorKind, IsTerminal as _, stdin},
    process::ExitCode,
};

/// Delete all data of the development stack: databases, uploads, mails, secrets, logs.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Do not ask
    #[arg(short, long)]
    yes: bool,
}

pub(crate) fn run(arguments: &Arguments, folder: &Folder) -> anyhow::Result<ExitCode> {
    let runs = if State::running(folder)?.is_some() { " It runs, and is stopped first." } else { "" };
    if !arguments.yes {
        if !stdin().is_terminal() {
            bail!("this deletes all data in {}: confirm with --yes", folder.path().display());
        }
        let question = format!("  Delete all data in {}?{runs}", folder.path().display());
        if !confirmed(&question)? {
            println!("  Nothing is deleted.");
            return Ok(ExitCode::FAILURE);
        }
    }
    down::stop(folder)?;
    let Some(_lock) = folder.lock()? else { bail!("another `cargo dev` command is at work: try again") };
    let step = Step::begin("Deleting data");
    servers::remove(&folder.servers())?;
    for path in [folder.objects(), folder.mail(), folder.secrets(), folder.logs(), folder.ports()] {
        let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        match removed {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error).context(format!("cannot delete {}", path.display()));
            }
            _ => {}
        }
    }
    step.done("Data, uploads, mails, secrets and logs are deleted");
    Ok(ExitCode::SUCCESS)
}
