//! `cargo dev single-server-test`: a Debian machine is made by the installer of docs/operations/single-server, used, backed up and restored.

mod machine;

use crate::{
    folder::{Folder, workspace},
    interrupt::Interrupt,
    progress::{Step, duration},
    stack::{binaries::Binaries, services::SERVICES},
};
use anyhow::Context as _;
use clap::Args;
use machine::{Machine, Unavailable};
use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    time::{Duration, Instant},
};

const DOMAIN: &str = "journal.test";
const INSTALLED_WITHIN: Duration = Duration::from_mins(10);
const CHECKED_WITHIN: Duration = Duration::from_mins(15);
/// What the machine checks by itself.
const INSIDE: &str = include_str!("single_server_test/inside.sh");

/// Install the journal on a Debian machine of its own (a container with systemd), as docs/operations/single-server tells, and use it.
///
/// Checks the configuration with nginx, nft, logrotate and systemd-analyze; runs every service by its unit; imports a file through nginx and TLS;
/// takes a backup by its unit, shows that seven days are kept, drops what there is and restores it. Needs a Docker engine that may run privileged
/// containers; where there is none it says so and is skipped.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Run services that were built before, in this folder
    #[arg(long, value_name = "FOLDER")]
    binaries: Option<PathBuf>,
    /// Image of Debian 12 to begin with; without it, debian:12 is pulled, or made by debootstrap
    #[arg(long, value_name = "IMAGE")]
    base: Option<String>,
    /// Leave the machine running, to look into it
    #[arg(long)]
    keep: bool,
}

pub(crate) fn run(arguments: &Arguments, folder: &Folder) -> anyhow::Result<ExitCode> {
    let begin = Instant::now();
    let interrupt = Interrupt::on_signals()?;
    let base = match machine::base(arguments.base.as_deref(), folder, &interrupt) {
        Err(error) if error.is::<Unavailable>() => {
            println!("Skipped: {error}. Nothing of the single server was tested.");
            return Ok(ExitCode::SUCCESS);
        }
        base => base?,
    };
    let binaries = match &arguments.binaries {
        Some(folder) => Binaries::in_folder(folder)?,
        None => Binaries::build(false, &interrupt)?,
    };
    let machine = Machine::start(&base, &interrupt)?;
    let outcome = install(&machine, &binaries, &interrupt).and_then(|()| check(&machine, &interrupt));
    if arguments.keep || outcome.is_err() {
        machine.tell_what_failed();
    }
    if arguments.keep {
        println!("  The machine stays: docker exec -it {} bash; docker rm -f {0} ends it", machine.keep());
    }
    outcome?;
    println!("\n  The single server works as described: {}", duration(begin.elapsed()));
    Ok(ExitCode::SUCCESS)
}

fn install(machine: &Machine, binaries: &Binaries, interrupt: &Interrupt) -> anyhow::Result<()> {
    let step = Step::begin("Copying the checkout's files and the services");
    for part in ["docs/operations/single-server", "crates/servers/src/postgres", "xtask/demo"] {
        machine.copy(&workspace().join(part), &Path::new("/checkout").join(part))?;
    }
    for service in SERVICES {
        machine.copy(binaries.of(service)?, &Path::new("/binaries").join(service))?;
    }
    machine.copy(&web_client()?, Path::new("/web"))?;
    step.done("The machine has the checkout's files and the services");
    let step = Step::announce("Installing, as docs/operations/single-server tells");
    let installer = "SKIP_PACKAGES=yes /checkout/docs/operations/single-server/bin/install /binaries /web";
    machine.shell(&format!("{installer} {DOMAIN}"), "", INSTALLED_WITHIN, interrupt)?;
    step.done("Installed");
    Ok(())
}

fn check(machine: &Machine, interrupt: &Interrupt) -> anyhow::Result<()> {
    let step = Step::announce("Using it");
    machine.shell(&format!("sh -s {DOMAIN}"), INSIDE, CHECKED_WITHIN, interrupt)?;
    step.done("Everything that the single server promises holds");
    Ok(())
}

/// The built web client; a page in its place will do here, where no browser looks.
fn web_client() -> anyhow::Result<PathBuf> {
    let built = workspace().join("web/dist");
    if built.join("index.html").is_file() {
        return Ok(built);
    }
    let page = workspace().join("target/single-server-test/web");
    fs::create_dir_all(&page)?;
    fs::write(page.join("index.html"), "<!doctype html><title>Trading Journal</title>")
        .context("cannot write a page")?;
    Ok(page)
}
