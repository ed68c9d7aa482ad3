//! `cargo dev infra`: the description of AWS in infra/, checked without an account.

use crate::{
    aws::Aws,
    checks::{Checks, Verdict, verdict_of},
    folder::{Folder, workspace},
    node::{Node, complete},
    tools::Tool,
};
use anyhow::Context as _;
use clap::Args;
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
};

/// Check infra/: types, rules with planted faults, templates of all environments (network off), cdk-nag, cfn-lint, checkov, moto.
#[derive(Args, Debug)]
pub(crate) struct Arguments {}

const FOLDER: &str = "infra";
/// Where templates go, below infra/: a folder for each environment.
const OUT: &str = "cdk.out";
const ENVIRONMENTS: [&str; 3] = ["dev", "staging", "prod"];
const CFN_LINT: Tool = Tool { package: "cfn-lint", extras: "", version: "1.58.0", program: "cfn-lint" };
const CHECKOV: Tool = Tool { package: "checkov", extras: "", version: "3.3.30", program: "checkov" };

pub(crate) fn run(_: &Arguments, folder: &Folder) -> ExitCode {
    let mut checks = Checks::default();
    make(&mut checks, folder);
    checks.report()
}

/// Makes all checks of infra/. All skipped without Node.js.
pub(crate) fn make(checks: &mut Checks, folder: &Folder) {
    let node = match Node::ready(folder).and_then(|node| node.packages(FOLDER).map(|()| node)) {
        Ok(node) => node,
        Err(error) => return checks.make("infra", || Ok(Verdict::Skipped(format!("{error:#}")))),
    };
    for (name, script) in [("infra: types", "typecheck"), ("infra: rules and planted faults", "test")] {
        checks.command(name, node.command("npm", FOLDER).args(["run", "--silent", script]));
    }
    for environment in ENVIRONMENTS {
        checks.make(&format!("infra: templates and cdk-nag, {environment}"), || synth(&node, environment));
    }
    checks.make("infra: cfn-lint", || with_tool(&CFN_LINT, folder, cfn_lint));
    checks.make("infra: checkov", || with_tool(&CHECKOV, folder, checkov));
    checks.make("infra: deployed into moto", || moto(&node, folder));
}

/// Templates of an environment, without network and credentials where this machine can take them away.
fn synth(node: &Node, environment: &str) -> anyhow::Result<Verdict> {
    let out = output_of(environment);
    let _ = fs::remove_dir_all(&out);
    // Not by npx, which would look for a newer one.
    let cdk = node.command("node", FOLDER);
    let alone = can_be_alone();
    let mut command = Command::new(if alone { "unshare" } else { "env" });
    command.current_dir(workspace().join(FOLDER)).args(alone.then_some("-n"));
    command.args(alone.then_some("env"));
    for secret in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"] {
        command.args(["-u", secret]);
    }
    command.arg(cdk.get_program());
    command.args(["node_modules/aws-cdk/bin/cdk", "synth", "--quiet", "--no-notices", "-c"]);
    command.arg(format!("env={environment}")).arg("--output").arg(&out);
    if !alone {
        println!("The network stays on: this machine does not let us take it away.");
    }
    verdict_of(&mut command)
}

/// Whether a program may be run without any network.
fn can_be_alone() -> bool {
    let mut tried = Command::new("unshare");
    tried.args(["-n", "true"]).stdout(Stdio::null()).stderr(Stdio::null());
    tried.status().is_ok_and(|status| status.success())
}

/// Runs a check with a tool of the Python package index; skipped where it cannot be had.
fn with_tool(
    tool: &Tool,
    folder: &Folder,
    check: impl FnOnce(&Path) -> anyhow::Result<Verdict>,
) -> anyhow::Result<Verdict> {
    match tool.installed(folder) {
        Ok(program) => check(&program),
        Err(error) => Ok(Verdict::Skipped(format!("{error:#}"))),
    }
}

/// What is left out stands with its reason in infra/.cfnlintrc.
fn cfn_lint(program: &Path) -> anyhow::Result<Verdict> {
    let mut command = Command::new(program);
    command.current_dir(workspace().join(FOLDER)).arg("--").args(templates()?);
    verdict_of(&mut command)
}

/// What is left out stands with its reason in infra/.checkov.yaml.
fn checkov(program: &Path) -> anyhow::Result<Verdict> {
    let mut command = Command::new(program);
    command.current_dir(workspace().join(FOLDER)).args(["--config-file", ".checkov.yaml", "--file"]);
    command.args(templates()?);
    verdict_of(&mut command)
}

/// Each environment's stacks in a moto of their own.
fn moto(node: &Node, folder: &Folder) -> anyhow::Result<Verdict> {
    let aws = match Aws::start(folder) {
        Ok(aws) => aws,
        Err(error) => return Ok(Verdict::Skipped(format!("{error:#}"))),
    };
    for environment in ENVIRONMENTS {
        let mut command = node.command("node", FOLDER);
        command.args(["--import", "tsx", "bin/moto.ts", aws.url()]).arg(output_of(environment));
        complete(&mut command).with_context(|| format!("{environment} does not deploy"))?;
    }
    Ok(Verdict::Passed)
}

fn output_of(environment: &str) -> PathBuf {
    workspace().join(FOLDER).join(OUT).join(environment)
}

/// All templates of all environments.
fn templates() -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for environment in ENVIRONMENTS {
        let out = output_of(environment);
        let entries = fs::read_dir(&out).with_context(|| format!("no templates in {}", out.display()))?;
        let paths = entries.flatten().map(|entry| entry.path());
        found.extend(paths.filter(|path| path.to_string_lossy().ends_with(".template.json")));
    }
    found.sort();
    Ok(found)
}
