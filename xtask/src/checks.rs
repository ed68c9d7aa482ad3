//! A list of checks that all run, whatever becomes of the ones before, and the table of what became of them.

pub(crate) mod alerts;
pub(crate) mod backtrace;
pub(crate) mod counts;
pub(crate) mod delivery;
pub(crate) mod dynamic_sql;
pub(crate) mod licences;
pub(crate) mod migrations;
pub(crate) mod promql;
pub(crate) mod workflows;

use crate::{
    progress::{coloured, duration},
    table::{self, Align},
};
use anyhow::Context as _;
use counts::Counts;
use std::{
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

/// What became of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Passed,
    Failed(String),
    /// It could not be made here, and why.
    Skipped(String),
}

/// Checks made so far.
#[derive(Debug, Default)]
pub(crate) struct Checks {
    made: Vec<(String, Verdict, Duration)>,
    /// Tests of all test checks.
    pub counts: Option<Counts>,
}

impl Checks {
    /// Makes one check; that it could not be made is a failure as well.
    pub fn make(&mut self, name: &str, check: impl FnOnce() -> anyhow::Result<Verdict>) {
        println!("\n{}", coloured(&format!("── {name} "), "1"));
        let started = Instant::now();
        let verdict = check().unwrap_or_else(|error| Verdict::Failed(format!("{error:#}")));
        if let Verdict::Failed(reason) | Verdict::Skipped(reason) = &verdict {
            println!("{name}: {reason}");
        }
        self.made.push((name.to_owned(), verdict, started.elapsed()));
    }

    /// Makes a check that is one command.
    pub fn command(&mut self, name: &str, command: &mut Command) {
        self.make(name, || verdict_of(command));
    }

    /// Prints the table and the counts. Fails when any check did.
    pub fn report(&self) -> ExitCode {
        println!();
        let rows: Vec<[String; 4]> = self.made.iter().map(row).collect();
        let heading =
            [("check", Align::Left), ("result", Align::Left), ("time", Align::Right), ("", Align::Left)];
        for line in table::lines(heading, &rows) {
            println!("{line}");
        }
        if let Some(counts) = &self.counts {
            println!("\n{counts}");
        }
        if self.made.iter().any(|(_, verdict, _)| matches!(verdict, Verdict::Failed(_))) {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        }
    }
}

fn row((name, verdict, time): &(String, Verdict, Duration)) -> [String; 4] {
    let (result, remark) = match verdict {
        Verdict::Passed => ("passed", ""),
        Verdict::Failed(reason) => ("FAILED", reason.as_str()),
        Verdict::Skipped(reason) => ("skipped", reason.as_str()),
    };
    [name.clone(), result.to_owned(), duration(*time), remark.to_owned()]
}

/// Runs a command to its end.
pub(crate) fn verdict_of(command: &mut Command) -> anyhow::Result<Verdict> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("cannot run {program}"))?;
    Ok(if status.success() { Verdict::Passed } else { Verdict::Failed(status.to_string()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_failed_check_fails_the_whole_but_stops_nothing() {
        let mut checks = Checks::default();

        checks.command("false", &mut Command::new("false"));
        checks.command("missing", &mut Command::new("/no/such/program"));
        checks.command("true", &mut Command::new("true"));

        let results: Vec<String> = checks.made.iter().map(|made| row(made)[1].clone()).collect();
        assert_eq!(results, ["FAILED", "FAILED", "passed"]);
        assert_eq!(checks.report(), ExitCode::FAILURE);
    }

    #[test]
    fn a_check_that_cannot_be_made_here_fails_nothing() {
        let mut checks = Checks::default();

        checks.make("advisories", || Ok(Verdict::Skipped("no network".to_owned())));

        assert_eq!(checks.report(), ExitCode::SUCCESS);
    }
}
