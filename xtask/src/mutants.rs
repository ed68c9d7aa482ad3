//! `cargo dev mutants`: breaks promises on purpose, and sees whether the tests notice.

mod copy;
mod predicates;
mod seeded;

use crate::{
    cargo::cargo_in,
    folder::{Folder, workspace},
    installation,
    progress::Step,
    table::{self, Align},
};
use anyhow::{Context as _, bail};
use clap::Args;
use copy::Copy;
use seeded::{Expected, Mutant, SEEDED};
use servers::{Servers, Settings};
use std::{
    fs::File,
    process::{Command, ExitCode},
};

/// Break each promise of security and reliability once, in a copy below target/, and run the tests that must fail then.
///
/// One change must do no harm: without a word about users in any query, the database alone keeps them apart. Needs cargo-nextest. The copy
/// is built once (some minutes); each mutant takes one or two more. What the tests print goes to target/mutants, one file a mutant. The exit
/// code is 1 when a mutant survives that must not, or the other way round.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Only these; all of them by default
    names: Vec<String>,
}

/// What became of a mutant.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Fate {
    /// By these tests.
    Caught(Vec<String>),
    /// All tests passed.
    Survived,
}

pub(crate) fn run(arguments: &Arguments, folder: &Folder) -> anyhow::Result<ExitCode> {
    let wanted = chosen(&arguments.names)?;
    let copy = Copy::bring_up_to_date(workspace())?;
    let step = Step::begin("Starting PostgreSQL, RabbitMQ and Redis for the tests");
    let servers = Servers::start(&installation::ready(folder, false)?, &Settings::scratch()?)?;
    step.done("PostgreSQL, RabbitMQ and Redis for the tests are ready");
    let mut rows = Vec::new();
    let mut as_expected = true;
    for mutant in wanted {
        let step = Step::announce(mutant.name);
        let fate = fate(mutant, &copy, &servers)?;
        let remark = match (&fate, mutant.expected) {
            (Fate::Caught(tests), Expected::Caught) => tests.join(", "),
            (Fate::Caught(tests), Expected::Held) => format!("DOES HARM: {}", tests.join(", ")),
            (Fate::Survived, Expected::Caught) => "SURVIVED".to_owned(),
            (Fate::Survived, Expected::Held) => "does no harm".to_owned(),
        };
        as_expected &= (fate == Fate::Survived) == (mutant.expected == Expected::Held);
        step.done(format!("{}: {remark}", mutant.name));
        rows.push([mutant.name.to_owned(), mutant.breaks.to_owned(), remark]);
    }
    servers.stop()?;
    println!();
    let heading = [("mutant", Align::Left), ("what it breaks", Align::Left), ("caught by", Align::Left)];
    for line in table::lines(heading, &rows) {
        println!("{line}");
    }
    Ok(if as_expected { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn chosen(names: &[String]) -> anyhow::Result<Vec<&'static Mutant>> {
    if let Some(unknown) = names.iter().find(|name| !SEEDED.iter().any(|mutant| mutant.name == **name)) {
        let known: Vec<&str> = SEEDED.iter().map(|mutant| mutant.name).collect();
        bail!("there is no mutant {unknown:?}; there are {}", known.join(", "));
    }
    Ok(SEEDED
        .iter()
        .filter(|mutant| names.is_empty() || names.iter().any(|name| name == mutant.name))
        .collect())
}

/// Builds the copy with the mutant in it and runs its tests; afterwards the copy is as it was.
fn fate(mutant: &Mutant, copy: &Copy, servers: &Servers) -> anyhow::Result<Fate> {
    let _changed = copy.change(&mutant.change)?;
    let log = copy.log(mutant.name);
    let built = tests(mutant, copy, servers).arg("--no-run").stderr(File::create(&log)?).status();
    if !built.context("cannot run cargo")?.success() {
        bail!("the mutant {} does not build: see {}", mutant.name, log.display());
    }
    let output = tests(mutant, copy, servers).arg("--no-fail-fast").output()?;
    std::fs::write(&log, &output.stderr)?;
    let failed = failed_tests(&String::from_utf8_lossy(&output.stderr));
    match (output.status.success(), failed.is_empty()) {
        (true, true) => Ok(Fate::Survived),
        (false, false) => Ok(Fate::Caught(failed)),
        (true, false) | (false, true) => bail!("the tests did not run to their end: see {}", log.display()),
    }
}

fn tests(mutant: &Mutant, copy: &Copy, servers: &Servers) -> Command {
    let mut command = cargo_in(copy.tree());
    command
        .args(["nextest", "run", "--color", "never", "-E", mutant.tests])
        .args(mutant.packages.iter().flat_map(|package| ["--package", package]))
        .env("CARGO_TARGET_DIR", copy.target())
        .env("TEST_DATABASE_URL", servers.postgres.admin_url())
        .env("TEST_REDIS_URL", servers.redis.url())
        .env("TEST_AMQP_URL", servers.rabbitmq.url());
    command
}

/// The names in nextest's closing list, each once.
fn failed_tests(printed: &str) -> Vec<String> {
    let (_, summary) = printed.rsplit_once("Summary [").unwrap_or(("", printed));
    let mut failed: Vec<String> = summary
        .lines()
        .map(str::trim_start)
        .filter(|line| {
            ["FAIL [", "TIMEOUT [", "SIGABRT [", "SIGKILL ["].iter().any(|word| line.starts_with(word))
        })
        .filter_map(|line| line.rsplit_once(' ').map(|(_, name)| name.to_owned()))
        .collect();
    failed.dedup();
    failed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_list_names_what_failed() {
        let printed = "\
        FAIL [   0.1s] (1/9) auth::api earlier::mention
     Summary [   2.0s] 9 tests run: 7 passed, 2 failed, 0 skipped
        FAIL [   0.1s] (1/9) auth::api refresh::one_of_many
     TIMEOUT [  60.0s] (2/9) auth::api refresh::another
error: test run failed
";
        assert_eq!(failed_tests(printed), ["refresh::one_of_many", "refresh::another"]);
        assert_eq!(failed_tests("     Summary [ 1s] 3 tests run: 3 passed"), <[String; 0]>::default());
    }

    #[test]
    fn an_unknown_name_is_told_what_there_is() {
        assert!(chosen(&["nothing".to_owned()]).unwrap_err().to_string().contains(SEEDED[0].name));
        assert_eq!(chosen(&[]).unwrap().len(), SEEDED.len());
    }
}
