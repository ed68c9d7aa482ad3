//! `cargo dev test`: everything that must hold before a change is handed in.

mod room;
mod tidying;

use crate::{
    aws::Aws,
    cargo::cargo,
    checks::{Checks, Verdict, backtrace::Trimmed, counts::Counts},
    compose_test,
    folder::Folder,
    fuzz_api, infra, installation, lint,
    progress::Step,
    web::browser,
};
use anyhow::Context as _;
use clap::{Args, ValueEnum};
use servers::{Servers, Settings};
use std::{
    io::{BufRead as _, BufReader, IsTerminal as _, Read, stderr},
    process::{Command, ExitCode, Stdio},
};

/// Check format, lints, documentation and licences, run every test against private servers, use the web client in a browser, then fuzz the API for three minutes.
///
/// Uses cargo-nextest when it is installed, else cargo test. Every check runs, also after one has failed.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Make only one kind of check
    #[arg(long, value_enum)]
    only: Option<Kind>,
    /// Run the long form as well: 10,000 cases of every property, and streams of up to a million fills
    #[arg(long)]
    long: bool,
    /// Run only tests whose name contains one of these; leaves the other checks out
    filter: Vec<String>,
}

/// Cases of a property in the long form.
const LONG_CASES: &str = "10000";

/// A kind of check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Format, clippy, documentation, licences, advisories
    Lint,
    /// Tests and documentation tests
    Tests,
    /// What describes AWS: rules, templates, policy checks
    Infra,
    /// The web client in Chromium, against the product
    Web,
    /// schemathesis against the served API
    Api,
    /// The images, and the product in containers
    Images,
}

pub(crate) fn run(arguments: &Arguments, folder: &Folder) -> anyhow::Result<ExitCode> {
    let filtered = !arguments.filter.is_empty();
    let wanted = |kind| arguments.only.is_none_or(|only| only == kind);
    let mut checks = Checks::default();
    room::tell();
    if wanted(Kind::Tests) {
        // Before anything that takes long: somebody may have to say yes.
        installation::ready(folder, false)?;
    }
    if wanted(Kind::Lint) && !filtered {
        lint::make(&mut checks, folder);
    }
    if wanted(Kind::Tests) {
        let mut counts = Counts::default();
        checks.make("tests", || tests(arguments, folder, &mut counts));
        if !filtered {
            let mut examples = cargo();
            examples.args(["test", "--workspace", "--doc", "--no-fail-fast"]);
            checks.make("documentation tests", || counted(&mut examples, Output::Standard, &mut counts));
        }
        checks.counts = Some(counts);
    }
    if wanted(Kind::Infra) && !filtered {
        infra::make(&mut checks, folder);
    }
    if wanted(Kind::Web) && !filtered {
        checks.make("web: in a browser", || browser::check(folder));
    }
    if wanted(Kind::Api) && !filtered {
        checks.make("API", || fuzz_api::check(folder));
    }
    if wanted(Kind::Images) && !filtered {
        checks.make("images and compose", || compose_test::check(folder));
    }
    Ok(checks.report())
}

/// Runs the tests on one private set of servers, which all of them share.
fn tests(arguments: &Arguments, folder: &Folder, counts: &mut Counts) -> anyhow::Result<Verdict> {
    let nextest = cargo().args(["nextest", "--version"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let nextest = nextest.is_ok_and(|status| status.success());
    // Built before the servers start: they would only take memory from the compiler.
    let mut build = runner(nextest);
    if !build.arg("--no-run").status().context("cannot run cargo")?.success() {
        return Ok(Verdict::Failed("the tests do not build".to_owned()));
    }
    let step = Step::begin("Starting PostgreSQL, RabbitMQ and Redis for the tests");
    let servers = Servers::start(&installation::ready(folder, false)?, &Settings::scratch()?)?;
    step.done("PostgreSQL, RabbitMQ and Redis for the tests are ready");
    let aws = Aws::start(folder);
    let mut command = runner(nextest);
    command
        .arg("--no-fail-fast")
        .env("TEST_DATABASE_URL", servers.postgres.admin_url())
        .env("TEST_REDIS_URL", servers.redis.url())
        .env("TEST_AMQP_URL", servers.rabbitmq.url());
    match &aws {
        Ok(aws) => drop(command.envs(aws.variables())),
        Err(error) => println!("Tests with AWS Secrets Manager are skipped: {error:#}"),
    }
    if arguments.long {
        command.env("LONG_TESTS", "1").env("PROPTEST_CASES", LONG_CASES);
    }
    let output = if nextest { Output::Error } else { Output::Standard };
    let filter = &arguments.filter;
    command.args((!nextest && !filter.is_empty()).then_some("--")).args(filter);
    let verdict = tidying::beside(&servers.postgres, || counted(&mut command, output, counts))?;
    servers.stop()?;
    Ok(verdict)
}

fn runner(nextest: bool) -> Command {
    let mut command = cargo();
    if nextest {
        command.args(["nextest", "run", "--workspace"]);
    } else {
        // Not the documentation tests, which are a check of their own.
        command.args(["test", "--workspace", "--tests"]);
    }
    if stderr().is_terminal() {
        command.args(["--color", "always"]);
    }
    command
}

/// Where a runner prints its counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Output {
    Standard,
    Error,
}

/// Runs a test runner, shows what it prints, and adds up the counts in it.
fn counted(command: &mut Command, output: Output, counts: &mut Counts) -> anyhow::Result<Verdict> {
    match output {
        Output::Standard => command.stdout(Stdio::piped()),
        Output::Error => command.stderr(Stdio::piped()),
    };
    let mut child = command.spawn().context("cannot run cargo")?;
    let printed: Option<Box<dyn Read>> = match output {
        Output::Standard => child.stdout.take().map(|output| Box::new(output) as _),
        Output::Error => child.stderr.take().map(|output| Box::new(output) as _),
    };
    let (mut own, mut trimmed) = (Counts::default(), Trimmed::default());
    for line in BufReader::new(printed.context("cargo has no output")?).split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        if let Some(found) = Counts::of_line(&line) {
            own += found;
        }
        for line in trimmed.then(line) {
            match output {
                Output::Standard => println!("{line}"),
                Output::Error => eprintln!("{line}"),
            }
        }
    }
    let status = child.wait()?;
    *counts += own;
    Ok(if status.success() { Verdict::Passed } else { Verdict::Failed(own.to_string()) })
}
