//! `cargo dev sdk`: the TypeScript client of the API, generated from its OpenAPI document.

use crate::{
    checks::Verdict,
    folder::{Folder, workspace},
    node::{Node, complete},
    progress::Step,
};
use clap::Args;
use std::{fs, path::Path, process::ExitCode};

/// Generate the TypeScript client from docs/openapi.json and check its types.
///
/// Needs Node.js: it comes from Debian's packages when it is missing. The generator is pinned in web/sdk/package-lock.json.
#[derive(Args, Debug)]
pub(crate) struct Arguments {}

/// The client's folder in the checkout.
const SDK: &str = "web/sdk";
/// What the generator writes there, and what is checked in.
const SCHEMA: &str = "src/schema.ts";

pub(crate) fn run(_: &Arguments, folder: &Folder) -> anyhow::Result<ExitCode> {
    let node = installed(folder)?;
    let step = Step::announce("Generating web/sdk".to_owned());
    generate(&node, Path::new(SCHEMA))?;
    types(&node)?;
    step.done("Generated web/sdk");
    Ok(ExitCode::SUCCESS)
}

/// The check of `cargo dev lint`: what is checked in is what the generator writes, and its types hold.
pub(crate) fn check(folder: &Folder) -> anyhow::Result<Verdict> {
    let node = match installed(folder) {
        Ok(node) => node,
        Err(error) => return Ok(Verdict::Skipped(format!("{error:#}"))),
    };
    let fresh = Path::new("node_modules/.schema.ts");
    generate(&node, fresh)?;
    let sdk = workspace().join(SDK);
    if fs::read(sdk.join(fresh))? != fs::read(sdk.join(SCHEMA))? {
        return Ok(Verdict::Failed("web/sdk is stale: cargo dev sdk".to_owned()));
    }
    match types(&node) {
        Ok(()) => Ok(Verdict::Passed),
        Err(error) => Ok(Verdict::Failed(format!("{error:#}"))),
    }
}

/// Node.js with the packages of the client's lock file.
fn installed(folder: &Folder) -> anyhow::Result<Node> {
    let node = Node::ready(folder)?;
    node.packages(SDK)?;
    Ok(node)
}

fn generate(node: &Node, into: &Path) -> anyhow::Result<()> {
    let mut generator = node.command("npm", SDK);
    complete(generator.args(["run", "--silent", "generate", "--", "--output"]).arg(into))
}

fn types(node: &Node) -> anyhow::Result<()> {
    complete(node.command("npm", SDK).args(["run", "--silent", "check"]))
}
