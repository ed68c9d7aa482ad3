//! `cargo dev lint`: every check that runs nothing of ours.

use crate::{
    cargo::cargo,
    checks::{Checks, alerts, delivery, dynamic_sql, licences, migrations, workflows},
    dashboards,
    folder::Folder,
    sdk, web,
};
use clap::Args;
use std::process::ExitCode;

/// Check format, lints, documentation, where SQL is put together, migrations, workflows, licences, advisories, alert rules, dashboards, the TypeScript client, the programs that deploy and the web client.
#[derive(Args, Debug)]
pub(crate) struct Arguments {}

pub(crate) fn run(_: &Arguments, folder: &Folder) -> ExitCode {
    let mut checks = Checks::default();
    make(&mut checks, folder);
    checks.report()
}

/// Makes all static checks.
pub(crate) fn make(checks: &mut Checks, folder: &Folder) {
    checks.command("format", cargo().args(["fmt", "--all", "--", "--check"]));
    let clippy = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    checks.command("clippy", cargo().args(clippy));
    let documentation = ["doc", "--workspace", "--no-deps"];
    checks.command("documentation", cargo().args(documentation).env("RUSTDOCFLAGS", "-Dwarnings"));
    checks.make("dynamic SQL", dynamic_sql::check);
    checks.make("migrations", || migrations::check(folder));
    workflows::check(checks, folder);
    licences::check(checks, folder);
    checks.make("alerts", || alerts::check(folder));
    checks.make("dashboards", || dashboards::check(folder));
    checks.make("TypeScript client", || sdk::check(folder));
    delivery::check(checks, folder);
    web::check(checks, folder);
}
