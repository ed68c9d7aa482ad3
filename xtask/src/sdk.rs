//! `cargo dev sdk`: the TypeScript client of the API, generated from its OpenAPI document.

use crate::{
    checks::Verdict,
    folder::{Folder, workspace},
    progress::Step,
};
use anyhow::{Context as _, ensure};
use clap::Args;
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
};

/// Generate the TypeScript client from docs/openapi.json and check its types.
///
/// Needs Node.js: it comes from Debian's packages when it is missing. The generator is pinned in web/sdk/package-lock.json.
#[derive(Args, Debug)]
pub(crate) struct Arguments {}

/// What the generator writes, and what is checked in.
const SCHEMA: &str = "src/schema.ts";

pub(crate) fn run(_: &Arguments, folder: &Folder) -> anyhow::Result<ExitCode> {
    let sdk = installed(folder)?;
    let step = Step::announce("Generating web/sdk".to_owned());
    generate(&sdk, Path::new(SCHEMA))?;
    types(&sdk)?;
    step.done("Generated web/sdk");
    Ok(ExitCode::SUCCESS)
}

/// The check of `cargo dev lint`: what is checked in is what the generator writes, and its types hold.
pub(crate) fn check(folder: &Folder) -> anyhow::Result<Verdict> {
    let sdk = match installed(folder) {
        Ok(sdk) => sdk,
        Err(error) => return Ok(Verdict::Skipped(format!("{error:#}"))),
    };
    let fresh = Path::new("node_modules/.schema.ts");
    generate(&sdk, fresh)?;
    if fs::read(sdk.join(fresh))? != fs::read(sdk.join(SCHEMA))? {
        return Ok(Verdict::Failed("web/sdk is stale: cargo dev sdk".to_owned()));
    }
    match types(&sdk) {
        Ok(()) => Ok(Verdict::Passed),
        Err(error) => Ok(Verdict::Failed(format!("{error:#}"))),
    }
}

/// The folder of the client, with the packages of its lock file.
fn installed(folder: &Folder) -> anyhow::Result<PathBuf> {
    let sdk = workspace().join("web/sdk");
    if !is_there("node") || !is_there("npm") {
        servers::install(&["nodejs", "npm"], &folder.log("install-node")).context(
            "Node.js is not on this machine, and could not be installed (packages nodejs and npm)",
        )?;
    }
    let (locked, there) = (sdk.join("package-lock.json"), sdk.join("node_modules/.package-lock.json"));
    let modified = |path: &Path| fs::metadata(path).and_then(|file| file.modified()).ok();
    if modified(&there).is_none_or(|there| modified(&locked).is_some_and(|locked| locked > there)) {
        let mut install = Command::new("npm");
        install.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&sdk);
        complete(&mut install).context("the packages of web/sdk could not be fetched")?;
    }
    Ok(sdk)
}

fn is_there(program: &str) -> bool {
    let version = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    version.is_ok_and(|status| status.success())
}

fn generate(sdk: &Path, into: &Path) -> anyhow::Result<()> {
    let mut generator = Command::new("npm");
    generator.args(["run", "--silent", "generate", "--", "--output"]).arg(into).current_dir(sdk);
    complete(&mut generator)
}

fn types(sdk: &Path) -> anyhow::Result<()> {
    complete(Command::new("npm").args(["run", "--silent", "check"]).current_dir(sdk))
}

fn complete(command: &mut Command) -> anyhow::Result<()> {
    let output = command.output().context("cannot run npm")?;
    let told = [output.stdout, output.stderr].concat();
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&told).trim());
    Ok(())
}
