//! `cargo dev bench`: how fast and how large the product is, beside what was promised.

mod counters;
pub(crate) mod fills;
mod guests;
mod idle;
mod import_100k;
mod import_10k;
mod list;
mod live;
mod load;
mod machine;
mod memory;
mod open_loop;
mod overload;
mod processor;
mod pure;
mod records;
mod report;
mod scale;
mod session;
mod socket;
pub(crate) mod stage;
mod storm;
mod summary;
mod timed_import;
mod wire;

use crate::{
    folder::Folder,
    installation,
    interrupt::{Interrupt, Interrupted},
};
use clap::{Args, Subcommand, ValueEnum};
use machine::Machine;
use report::Figure;
use scale::Scale;
use stage::Stage;
use std::{path::PathBuf, process::ExitCode};

/// Measure the whole product: imports, lists, live messages, memory, and what it does under load.
///
/// Builds the five services with optimisation, starts them with private servers (durable, as in production) on a scratch folder
/// below target/, drives the public API, prints each figure beside its goal, stops everything and deletes the folder. It is no
/// test: a figure that misses its goal is shown, and only what fails makes the exit code 1.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    part: Option<Part>,
    /// Take only this measure; may be given several times
    #[arg(long, value_enum, value_name = "NAME")]
    only: Vec<Measure>,
    /// Small numbers: shows that the bench itself works, its figures mean nothing
    #[arg(long)]
    quick: bool,
    /// Measure programs that were built before, in this folder: the services, and `peer` for the measure `load`
    #[arg(long, global = true, value_name = "FOLDER")]
    binaries: Option<PathBuf>,
    /// Keep the scratch folder with its logs
    #[arg(long)]
    keep: bool,
}

#[derive(Clone, Copy, Debug, Subcommand)]
enum Part {
    /// Take the three measures of the product under load only: load, storm, overload
    Load,
    /// Run the criterion benchmarks of ledger, statistics and identity instead: no server, no service
    Pure,
}

/// What is measured, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Measure {
    /// Memory of the five services at rest, 30 s after their start
    Idle,
    /// A file of 10,000 fills: from POST until the statistics count every closed trade
    #[value(name = "import-10k")]
    Import10k,
    /// The same with 100,000 fills, and the peak memory of the trades service
    #[value(name = "import-100k")]
    Import100k,
    /// From an import's end until `import.finished` arrives on a WebSocket
    Live,
    /// GET /v1/trades of a user with 100,000 trades at 200 requests/s: first page, and 1,000 pages deep
    List,
    /// Each kind of statistics of a user with 100,000 trades
    Summary,
    /// Processor time of a request of each kind, and what kept answers save of it
    Load,
    /// Reads and writes of records while 500 sign-ins a second arrive
    Storm,
    /// Reads and writes of records at five times what the machine can do
    Overload,
}

const UNDER_LOAD: [Measure; 3] = [Measure::Load, Measure::Storm, Measure::Overload];

pub(crate) fn run(arguments: &Arguments, folder: &Folder) -> anyhow::Result<ExitCode> {
    match arguments.part {
        Some(Part::Pure) => pure::run(),
        Some(Part::Load) => whole(arguments, &UNDER_LOAD, folder),
        None if arguments.only.is_empty() => whole(arguments, Measure::value_variants(), folder),
        None => whole(arguments, &arguments.only, folder),
    }
}

fn whole(arguments: &Arguments, wanted: &[Measure], folder: &Folder) -> anyhow::Result<ExitCode> {
    let installation = installation::ready(folder, false)?;
    let interrupt = Interrupt::on_signals()?;
    let scale = if arguments.quick { Scale::QUICK } else { Scale::FULL };
    let mut stage = Stage::set(arguments.binaries.as_deref(), &installation, interrupt)?;
    let machine = Machine::now()?;
    let mut figures = Vec::new();
    let mut well = true;
    for measure in Measure::value_variants() {
        if !wanted.contains(measure) {
            continue;
        }
        match measure.take(&mut stage, &scale) {
            Ok(taken) => figures.extend(taken),
            Err(error) if error.is::<Interrupted>() => return Err(error),
            Err(error) => {
                well = false;
                figures.push(Figure::failed(measure.name(), &error));
            }
        }
        stage.check()?;
    }
    machine.print(&scale)?;
    report::print(&figures);
    stage.strike(arguments.keep || !well)?;
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Measure {
    fn take(self, stage: &mut Stage, scale: &Scale) -> anyhow::Result<Vec<Figure>> {
        match self {
            Self::Idle => idle::measure(stage, scale),
            Self::Import10k => import_10k::measure(stage, scale),
            Self::Import100k => import_100k::measure(stage, scale),
            Self::Live => live::measure(stage, scale),
            Self::List => list::measure(stage, scale),
            Self::Summary => summary::measure(stage, scale),
            Self::Load => load::measure(stage, scale),
            Self::Storm => storm::measure(stage, scale),
            Self::Overload => overload::measure(stage, scale),
        }
    }

    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}
