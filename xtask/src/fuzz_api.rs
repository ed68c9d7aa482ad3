//! `cargo dev fuzz-api`: schemathesis against the whole product.

mod journal;

use crate::{
    api::Api,
    bench::stage::Stage,
    checks::Verdict,
    folder::{Folder, workspace},
    installation,
    interrupt::Interrupt,
    tools::Tool,
};
use anyhow::Context as _;
use clap::Args;
use servers::secret;
use std::{
    path::Path,
    process::{Command, ExitCode},
    time::Duration,
};

/// Ask the API everything that its document allows, and much that it does not.
///
/// Builds and starts the five services with private servers on a scratch folder below target/, signs a user in, imports the demo
/// files, and lets schemathesis (installed with pip into .dev/tools, once) try every path and method of the served OpenAPI document with every
/// check. A server error, an answer that the document does not tell, or a wrong content type makes the exit code 1.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// How long to try
    #[arg(long, default_value_t = 3)]
    minutes: u64,
    /// Repeat the run that printed this seed
    #[arg(long)]
    seed: Option<u64>,
    /// Keep the scratch folder with its logs
    #[arg(long)]
    keep: bool,
    /// What else schemathesis is told, e.g. `-- --include-path /v1/fills`
    #[arg(last = true)]
    more: Vec<String>,
}

const SCHEMATHESIS: Tool =
    Tool { package: "schemathesis", extras: "", version: "4.32.5", program: "schemathesis" };
const EMAIL: &str = "fuzz@journal.example";
/// Any number would do.
const SEED: u64 = 20_261_126;

pub(crate) fn run(arguments: &Arguments, folder: &Folder) -> anyhow::Result<ExitCode> {
    let schemathesis = SCHEMATHESIS.installed(folder)?;
    let well = try_out(&schemathesis, arguments, folder)?;
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The check of `cargo dev test`: three minutes from the same seed each time, so that what it finds is the change's own fault.
pub(crate) fn check(folder: &Folder) -> anyhow::Result<Verdict> {
    let schemathesis = match SCHEMATHESIS.installed(folder) {
        Ok(program) => program,
        Err(error) => return Ok(Verdict::Skipped(format!("{error:#}"))),
    };
    let arguments = Arguments { minutes: 3, seed: Some(SEED), keep: false, more: Vec::new() };
    if try_out(&schemathesis, &arguments, folder)? {
        Ok(Verdict::Passed)
    } else {
        Ok(Verdict::Failed("schemathesis found what stands above".to_owned()))
    }
}

/// True when schemathesis found nothing in a product of its own.
fn try_out(schemathesis: &Path, arguments: &Arguments, folder: &Folder) -> anyhow::Result<bool> {
    let installation = installation::ready(folder, false)?;
    let stage = Stage::on("target/fuzz-api", &[], &installation, Interrupt::on_signals()?)?;
    let well = fuzz(schemathesis, &stage, arguments)?;
    stage.strike(arguments.keep || !well)?;
    Ok(well)
}

/// True when schemathesis found nothing.
fn fuzz(schemathesis: &Path, stage: &Stage, arguments: &Arguments) -> anyhow::Result<bool> {
    let password = secret::generate(12)?;
    let mut api = Api::sign_up(&stage.url, EMAIL, &password, "Fuzz")?;
    let known = journal::make(&mut api, &stage.interrupt)?;
    let mut command = Command::new(schemathesis);
    command
        .args(["--config-file".into(), workspace().join("xtask/src/fuzz_api/schemathesis.toml")])
        .args(["run", &format!("{}/v1/openapi.json", stage.url)])
        .args(["--max-time", &(arguments.minutes * 60).to_string()])
        .args(arguments.seed.map(|seed| format!("--seed={seed}")))
        .args(&arguments.more)
        .env("SCHEMATHESIS_HOOKS", "hooks")
        .env("PYTHONPATH", workspace().join("xtask/src/fuzz_api"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("FUZZ_URL", &stage.url)
        .env("FUZZ_IDS", serde_json::to_string(&known)?)
        .env("FUZZ_EMAIL", EMAIL)
        .env("FUZZ_PASSWORD", &password)
        // It leaves notes where it runs.
        .current_dir(stage.folder());
    let mut child = command.spawn().context("cannot run schemathesis")?;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        if let Err(stopped) = stage.interrupt.pause(Duration::from_millis(200)) {
            let _ = child.kill();
            let _ = child.wait();
            return Err(stopped);
        }
    }
}
