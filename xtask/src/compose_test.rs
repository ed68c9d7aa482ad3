//! `cargo dev compose-test`: the product in containers, from nothing to nothing.

mod door;
mod project;
mod rolling;

use crate::{
    api::{Api, NewAccount},
    checks::Verdict,
    delivery::Delivery,
    engine::{Engine, NoEngine, stand_ins},
    folder::{Folder, workspace},
    images::{self, Programs, Wanted},
    interrupt::Interrupt,
    progress::{Step, duration},
    stack::services::SERVICES,
    table::{self, Align},
};
use anyhow::{Context as _, ensure};
use clap::Args;
use project::Project;
use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

/// Build the images, start them with Compose under a name and ports of their own, use them, and remove everything.
///
/// Imports a broker's file through the gateway, runs two of trades and of the gateway, replaces each of them while requests run
/// without losing one, stops every service, and tells what each took.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Compile in the image build with a profile of Cargo.toml, as `cargo dev images` does [default: take the programs of the tests]
    #[arg(long)]
    profile: Option<String>,
    /// Take the images of this tag as they are
    #[arg(long, conflicts_with = "profile")]
    tag: Option<String>,
    /// Leave everything running when something fails
    #[arg(long)]
    keep: bool,
}

const PREFIX: &str = "trading-journal";
const EMAIL: &str = "compose@journal.example";
/// What a service may take to stop.
const LONGEST_STOP: Duration = Duration::from_secs(25);

pub(crate) fn run(arguments: &Arguments, folder: &Folder) -> anyhow::Result<ExitCode> {
    match test(arguments, folder)? {
        Verdict::Passed => Ok(ExitCode::SUCCESS),
        Verdict::Skipped(reason) => {
            println!("  skipped: {reason}");
            Ok(ExitCode::SUCCESS)
        }
        Verdict::Failed(reason) => {
            println!("  FAILED: {reason}");
            Ok(ExitCode::FAILURE)
        }
    }
}

/// The check of `cargo dev test`.
pub(crate) fn check(folder: &Folder) -> anyhow::Result<Verdict> {
    test(&Arguments { profile: None, tag: None, keep: false }, folder)
}

fn test(arguments: &Arguments, folder: &Folder) -> anyhow::Result<Verdict> {
    let engine = match Engine::ready(folder) {
        Ok(engine) => engine,
        Err(error) if error.is::<NoEngine>() => return Ok(Verdict::Skipped(format!("{error:#}"))),
        Err(error) => return Err(error),
    };
    println!("  engine {}", engine.version()?);
    let tag = match &arguments.tag {
        Some(tag) => tag.clone(),
        None => build(&engine, arguments, folder)?,
    };
    let servers = stand_ins::find(&engine, &stand_ins::SERVERS)?;
    let interrupt = Interrupt::on_signals()?;
    let project = Project::new(&engine, &servers.images, PREFIX, &tag, folder)?;
    let used = use_all(&project, &interrupt);
    if used.is_err() {
        project.tell_what_happened(folder);
        if arguments.keep {
            println!("  left running: docker compose --project-name {}", project.name());
            std::mem::forget(project);
            return used.map(|()| Verdict::Passed);
        }
    }
    let removed = project.remove();
    used.and(removed).map(|()| Verdict::Passed)
}

/// The images for the test, under a tag of their own.
fn build(engine: &Engine, arguments: &Arguments, folder: &Folder) -> anyhow::Result<String> {
    let programs = arguments.profile.clone().map_or(Programs::Prebuilt, Programs::Compiled);
    let tag = arguments.profile.clone().unwrap_or_else(|| "test".to_owned());
    let wanted = Wanted { prefix: PREFIX.to_owned(), tag: tag.clone(), programs };
    images::build(engine, &wanted, folder)?;
    Ok(tag)
}

fn use_all(project: &Project<'_>, interrupt: &Interrupt) -> anyhow::Result<()> {
    let step = Step::begin("Starting the product");
    let started = Instant::now();
    project.up(&[])?;
    step.done(format!("Everything is healthy after {}", duration(started.elapsed())));
    interrupt.check()?;

    let password = servers::secret::generate(12)?;
    let mut api = Api::sign_up(&project.url(), EMAIL, &password, "Compose")?;
    import(&mut api, "First", interrupt)?;
    door::serves_pages(&project.url())?;
    door::believes_no_claim(&project.url(), EMAIL, &password, &mut api)?;
    door::mail_arrives(&project.mail_url(), EMAIL, interrupt)?;
    tell(&measure(project, interrupt)?);

    let step = Step::begin("Starting a second trades and a second gateway");
    project.up(&["--scale", "trades=2", "--scale", "gateway=2"])?;
    step.done("Two of trades and two of the gateway");
    rolling::roll(project, &mut api, "gateway", interrupt)?;
    rolling::roll(project, &mut api, "trades", interrupt)?;
    import(&mut api, "Second", interrupt)?;
    Ok(())
}

/// A broker's file on its way through the containers, to the figures that the README shows.
fn import(api: &mut Api, account: &str, interrupt: &Interrupt) -> anyhow::Result<()> {
    let file = workspace().join("xtask/demo/tradovate.csv");
    let account = NewAccount {
        name: account.to_owned(),
        broker: "Tradovate".to_owned(),
        currency: "USD".to_owned(),
        time_zone: "America/Chicago".to_owned(),
    };
    let outcome = Delivery { file, account, time_zone: None, format: None }.deliver(api, interrupt)?;
    let figures = outcome.figures.first().context("the import brought no trades")?;
    let found = (figures.closed, figures.summary.net_pnl.amount.as_str());
    ensure!(found == EXPECTED, "the import came to {found:?}, and not to {EXPECTED:?}");
    Ok(())
}

/// Closed trades and net profit of the demo file.
const EXPECTED: (u64, &str) = (72, "2963");

fn tell(rows: &[[String; 4]]) {
    println!();
    let heading = [
        ("service", Align::Left),
        ("memory at rest", Align::Right),
        ("stopped in", Align::Right),
        ("ready in", Align::Right),
    ];
    for line in table::lines(heading, rows) {
        println!("{line}");
    }
    println!();
}

/// Stops each service and starts it again. Rows of a table.
fn measure(project: &Project<'_>, interrupt: &Interrupt) -> anyhow::Result<Vec<[String; 4]>> {
    let mut rows = Vec::new();
    for service in SERVICES {
        let step = Step::begin(format!("Stopping {service} and starting it again"));
        let container = project.container(service)?;
        let memory = project
            .memory(&container)?
            .map_or_else(|| "unknown".to_owned(), |mebibytes| format!("{mebibytes} MiB"));
        let stopped = project.stop(&container)?;
        ensure!(stopped < LONGEST_STOP, "{service} took {} to stop", duration(stopped));
        let ready = project.start(&container, interrupt)?;
        step.done(format!("{service} stopped with 0, and started again"));
        rows.push([service.to_owned(), memory, duration(stopped), duration(ready)]);
    }
    Ok(rows)
}
