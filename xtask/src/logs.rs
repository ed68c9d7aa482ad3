//! `cargo dev logs`: what the stack's processes print.

mod follower;

pub(crate) use follower::Follower;

use crate::{folder::Folder, progress::coloured, stack::services::SERVICES};
use anyhow::bail;
use clap::Args;
use std::{
    io::{Write as _, stdout},
    path::PathBuf,
    process::ExitCode,
    thread,
    time::Duration,
};

const SERVERS: [&str; 3] = ["postgres", "rabbitmq", "redis"];

/// Show what services and servers log.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// A service, `postgres`, `rabbitmq`, `redis`, or `up` (the background process) [default: all services]
    service: Option<String>,
    /// Go on with what is logged from now on, until Ctrl-C
    #[arg(short, long)]
    follow: bool,
    /// Lines of each log to begin with
    #[arg(short = 'n', long, default_value_t = 50)]
    lines: usize,
}

pub(crate) fn run(arguments: &Arguments, folder: &Folder) -> anyhow::Result<ExitCode> {
    let names = match &arguments.service {
        Some(service) => vec![service.as_str()],
        None => SERVICES.to_vec(),
    };
    let mut followers = Vec::new();
    for name in names {
        let path = path(folder, name)?;
        if arguments.service.is_some() && !path.exists() {
            bail!("{name} has not logged anything yet: there is no {}", path.display());
        }
        followers.push(Follower::near_end(name, &path, arguments.lines));
    }
    loop {
        print_new(&mut followers);
        if !arguments.follow {
            return Ok(ExitCode::SUCCESS);
        }
        thread::sleep(Duration::from_millis(200));
    }
}

fn path(folder: &Folder, name: &str) -> anyhow::Result<PathBuf> {
    if SERVICES.contains(&name) || name == "up" {
        return Ok(folder.log(name));
    }
    if SERVERS.contains(&name) {
        return Ok(servers::log(&folder.servers(), name)?);
    }
    bail!("`{name}` has no log: choose one of {}, {}, up", SERVICES.join(", "), SERVERS.join(", "))
}

/// Prints what was logged since the last call, each line with the name of its log when there are several.
pub(crate) fn print_new(followers: &mut [Follower]) {
    let width = if followers.len() > 1 { followers.iter().map(|it| it.name().len()).max() } else { None };
    for follower in followers {
        for line in follower.lines() {
            let prefix = width.map(|width| format!("{:<width$} | ", follower.name())).unwrap_or_default();
            // Not println: a reader such as `head` may go away at any time.
            if writeln!(stdout(), "{}{line}", coloured(&prefix, "36")).is_err() {
                std::process::exit(0);
            }
        }
    }
}
