//! `cargo dev restore-test`: a backup is taken, everything is dropped, the backup is restored, and every figure is as it was.

mod figures;
mod scripts;
mod site;

use crate::{
    bench::stage,
    folder::{Folder, workspace},
    installation,
    interrupt::Interrupt,
    progress::{Step, duration},
    rolling_test::{client::Client, tally::Tally},
    stack::binaries::Binaries,
    up::demo,
};
use anyhow::{Context as _, bail, ensure};
use clap::Args;
use figures::Figures;
use scripts::Scripts;
use site::Site;
use std::{fs, path::PathBuf, process::ExitCode, sync::Arc, time::Instant};

/// Rehearse the restore of a backup, and fail when one figure differs afterwards.
///
/// Starts the product on a scratch folder below target/, imports the demo files, and takes a backup with the script of docs/operations/single-server while
/// it runs. Then more is written, the services are stopped, all four databases are dropped and the uploads deleted, and the same
/// scripts bring them back. Every answer of the API must be the same byte for byte as at the backup, and whoever was signed in then
/// still is. At last analytics
/// alone is restored from an older backup than the rest, which must show: events are told once.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Run services that were built before, in this folder
    #[arg(long, value_name = "FOLDER")]
    binaries: Option<PathBuf>,
    /// Keep the scratch folder with its logs and backups
    #[arg(long)]
    keep: bool,
}

pub(crate) fn run(arguments: &Arguments, folder: &Folder) -> anyhow::Result<ExitCode> {
    let installation = installation::ready(folder, false)?;
    let interrupt = Interrupt::on_signals()?;
    let binaries = Binaries::given_or_built(arguments.binaries.as_deref(), false, &interrupt)?;
    let scratch = workspace().join("target/restore-test");
    let mut site = Site::start(&scratch, &binaries, &installation, &interrupt)?;
    let scripts = Scripts::new(&site, &installation)?;
    let outcome = rehearse(&mut site, &scripts, &interrupt);
    let used = site.folder.clone();
    site.stop()?;
    if arguments.keep || outcome.is_err() {
        println!("  Logs and backups: {}", used.path().display());
    } else {
        stage::clear(&used)?;
        fs::remove_dir_all(used.path())?;
    }
    outcome.map(|()| ExitCode::SUCCESS)
}

fn rehearse(site: &mut Site, scripts: &Scripts, interrupt: &Interrupt) -> anyhow::Result<()> {
    let files = demo::deliveries();
    let [first, second, ..] = files.as_slice() else { bail!("there are too few demo files") };
    let mut api = crate::up::sign_in(&site.url, &site.folder)?;
    let early = {
        first.deliver(&mut api, interrupt)?;
        scripts.backup("the first of two files is imported")?
    };
    second.deliver(&mut api, interrupt)?;
    let tally = Arc::new(Tally::new());
    let mut user = Client::of_known_user(&site.url, demo::EMAIL, &demo::password(&site.folder)?, &tally)?;
    let before = Figures::once_settled(&user, interrupt)?;
    let backup = scripts.backup("both files are imported")?;

    more_is_written(&user)?;
    let after = Figures::once_settled(&user, interrupt)?;
    ensure!(before != after, "what was written after the backup changes nothing");

    let begin = Instant::now();
    everything_is_lost(site, scripts)?;
    scripts.restore(&backup, &[])?;
    site.start_services(interrupt)?;
    let step = Step::begin("Comparing every figure");
    ensure!(user.refresh(), "the session of before the backup is gone: {:?}", tally.failures().last());
    let restored = Figures::of(&user)?;
    before.must_be(&restored)?;
    step.done(format!("{} answers are the same byte for byte, and the session goes on", before.count()));
    println!("  · From the loss to the first right figure: {}", duration(begin.elapsed()));

    older_statistics(site, scripts, &early, &mut user, &before, interrupt)
}

/// What a backup cannot hold.
fn more_is_written(user: &Client) -> anyhow::Result<()> {
    let account =
        serde_json::json!({ "name": "After", "broker": "Generic", "currency": "USD", "time_zone": "UTC" });
    user.send("new account", "POST", "/v1/accounts", Some(&account), None)
        .context("nothing can be written")?;
    Ok(())
}

fn everything_is_lost(site: &mut Site, scripts: &Scripts) -> anyhow::Result<()> {
    site.stop_services()?;
    let step = Step::begin("Dropping the databases, deleting the uploads");
    scripts.drop_databases()?;
    fs::remove_dir_all(site.folder.objects())?;
    step.done("The databases are dropped, the uploads deleted");
    Ok(())
}

/// Four databases that are not of one instant: statistics that are older than the trades miss what was told in between, as events are told once. This is
/// why a backup takes all four at once, and why they are restored together.
fn older_statistics(
    site: &mut Site,
    scripts: &Scripts,
    early: &std::path::Path,
    user: &mut Client,
    before: &Figures,
    interrupt: &Interrupt,
) -> anyhow::Result<()> {
    site.stop_services()?;
    scripts.restore(early, &["analytics"])?;
    site.start_services(interrupt)?;
    let step = Step::begin("Statistics from an older backup than the trades");
    user.refresh();
    let behind = Figures::of(user)?;
    let missing = before.differing(&behind);
    ensure!(!missing.is_empty(), "statistics from an older backup miss nothing");
    step.done(format!("Statistics of before miss what was told since: {} answers differ", missing.len()));
    Ok(())
}
