//! `cargo dev rolling-test`: every instance is restarted one by one under load, and no request fails.

mod balancer;
pub(crate) mod client;
mod crowd;
mod fleet;
mod listener;
mod previous;
mod report;
pub(crate) mod tally;
mod visitor;

use crate::{
    bench::stage,
    folder::{Folder, workspace},
    installation,
    interrupt::Interrupt,
    progress::{Step, duration},
    stack::{binaries::Binaries, services::SERVICES},
};
use clap::{Args, builder::PossibleValuesParser};
use crowd::Crowd;
use fleet::{Fleet, Order, Replaced};
use std::{
    fs,
    path::PathBuf,
    process::ExitCode,
    time::{Duration, Instant},
};

/// Between two replacements.
const REST: Duration = Duration::from_millis(500);

/// Restart every instance of every service one by one under load, and fail when one request fails.
///
/// Starts private servers, two of each of the five services and Debian's haproxy (in the place of a cloud's load balancer) on a
/// scratch folder below target/. Users read, write, sign in and out, import files and listen by WebSocket, while each instance gets its SIGTERM,
/// ends, and is started again; in every other round the load balancer takes a gateway out before. No request is sent twice. Afterwards every write that was
/// answered must be there once, the statistics must count it, and every live message must have come once. The short form for CI is `--rounds 2`.
///
/// With `--from`, the rounds deploy and roll back: the load begins on the services and the schema of another version, the databases are migrated under it,
/// and each round brings every instance to the other version, this one first.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// How often each instance is restarted
    #[arg(long, default_value_t = 10)]
    rounds: u32,
    /// Requests a second, apart from sign-ins and imports
    #[arg(long, default_value_t = 20)]
    rate: u32,
    /// Restart only instances of this service; may be given several times
    #[arg(long, value_name = "SERVICE", value_parser = PossibleValuesParser::new(SERVICES))]
    only: Vec<String>,
    /// Build the services with optimisation
    #[arg(long)]
    release: bool,
    /// Run services that were built before, in this folder
    #[arg(long, value_name = "FOLDER", conflicts_with = "release")]
    binaries: Option<PathBuf>,
    /// Begin with the services of another version: a commit, a tag, or `previous`, the last tag v* or else the commit before the newest migration
    #[arg(long, value_name = "VERSION", num_args = 0..=1, default_missing_value = previous::PREVIOUS)]
    from: Option<String>,
    /// The services of that version, built before, in this folder
    #[arg(long, value_name = "FOLDER", requires = "from")]
    from_binaries: Option<PathBuf>,
    /// Keep the scratch folder with its logs
    #[arg(long)]
    keep: bool,
}

pub(crate) fn run(arguments: &Arguments, folder: &Folder) -> anyhow::Result<ExitCode> {
    let installation = installation::ready(folder, false)?;
    let interrupt = Interrupt::on_signals()?;
    let binaries = Binaries::given_or_built(arguments.binaries.as_deref(), arguments.release, &interrupt)?;
    let before = match (&arguments.from_binaries, &arguments.from) {
        (Some(folder), _) => Some(Binaries::in_folder(folder)?),
        (None, Some(version)) => Some(previous::binaries(version, folder, &interrupt)?),
        (None, None) => None,
    };
    let scratch = workspace().join("target/rolling-test");
    let mut fleet = Fleet::start(&scratch, before.as_ref().unwrap_or(&binaries), &installation, &interrupt)?;
    let crowd = Crowd::gather(&fleet.balancer.url, &fleet.folder, arguments.rate)?;
    if before.is_some() {
        fleet.migrate(&binaries)?;
    }
    let versions = [&binaries, before.as_ref().unwrap_or(&binaries)];
    let replaced = rounds(&mut fleet, &crowd, arguments, versions, &interrupt);
    let outcome = crowd.dismiss(&interrupt);
    let well = report::print(&replaced?, &outcome?);
    let used = fleet.folder.clone();
    fleet.stop()?;
    if well && !arguments.keep {
        stage::clear(&used)?;
        fs::remove_dir_all(used.path())?;
    } else {
        println!("  Logs: {}", used.logs().display());
    }
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Replaces every instance in each round, by one of the first version and one of the second in turn. Ends early when a request has failed: its cause is in the logs then.
fn rounds(
    fleet: &mut Fleet,
    crowd: &Crowd,
    arguments: &Arguments,
    [odd, even]: [&Binaries; 2],
    interrupt: &Interrupt,
) -> anyhow::Result<Vec<Replaced>> {
    let mut replaced = Vec::new();
    let (rounds, instances) = (arguments.rounds, fleet.instances(&arguments.only));
    for round in 1..=rounds {
        let step = Step::begin(format!("Round {round} of {rounds}"));
        let begin = Instant::now();
        let (order, binaries) =
            if round.is_multiple_of(2) { (Order::DrainFirst, even) } else { (Order::SignalFirst, odd) };
        for name in &instances {
            step.now(format!("Round {round} of {rounds}: {name}"));
            replaced.push(fleet.replace(name, binaries, order, interrupt)?);
            interrupt.pause(REST)?;
            fleet.check()?;
            if crowd.has_failures() {
                return Ok(replaced);
            }
        }
        step.done(format!(
            "Round {round} of {rounds}: {} instances replaced in {}",
            instances.len(),
            duration(begin.elapsed())
        ));
    }
    Ok(replaced)
}
