//! The web client in a browser, against a product of its own.

use super::{FOLDER, built};
use crate::{
    bench::stage::Stage, checks::Verdict, folder::Folder, installation, interrupt::Interrupt, node::Node,
};
use anyhow::{Context as _, bail};
use clap::Args;
use serde_json::json;
use servers::free_ports;
use std::{env, path::PathBuf, process::ExitCode, time::Duration};

/// Take a picture of every page, on a desk and on a phone, light and dark.
///
/// Starts the product with private servers on a scratch folder below target/ and lets Chromium (Debian's package, installed when it
/// is missing) open each page. The pictures are in web/screenshots, which git ignores.
#[derive(Args, Debug)]
pub(crate) struct Arguments {}

pub(crate) fn run(_: &Arguments, folder: &Folder) -> anyhow::Result<ExitCode> {
    let (node, chromium) = (ready(folder)?, chromium(folder)?);
    let well = drive(&node, &chromium, "screenshots", folder)?;
    println!("  Pictures: web/screenshots");
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The check of `cargo dev test`: what users do, in a browser.
pub(crate) fn check(folder: &Folder) -> anyhow::Result<Verdict> {
    let ready = ready(folder).and_then(|node| Ok((node, chromium(folder)?)));
    let (node, chromium) = match ready {
        Ok(ready) => ready,
        Err(error) => return Ok(Verdict::Skipped(format!("{error:#}"))),
    };
    Ok(if drive(&node, &chromium, "e2e", folder)? {
        Verdict::Passed
    } else {
        Verdict::Failed("what stands above".to_owned())
    })
}

fn ready(folder: &Folder) -> anyhow::Result<Node> {
    let node = Node::ready(folder)?;
    node.packages(FOLDER)?;
    Ok(node)
}

fn chromium(folder: &Folder) -> anyhow::Result<PathBuf> {
    let found = || {
        let folders = env::var_os("PATH").unwrap_or_default();
        env::split_paths(&folders).map(|folder| folder.join("chromium")).find(|program| program.is_file())
    };
    if let Some(program) = found() {
        return Ok(program);
    }
    servers::install(&["chromium"], &folder.log("install-chromium"))
        .context("Chromium is not on this machine, and could not be installed (package chromium)")?;
    found().context("the package chromium brought no program of that name")
}

/// True when the script passed. What it says is shown as it says it.
fn drive(node: &Node, chromium: &PathBuf, script: &str, folder: &Folder) -> anyhow::Result<bool> {
    let client = built(folder)?;
    let Some(client) = client.to_str() else { bail!("{} is no text", client.display()) };
    let installation = installation::ready(folder, false)?;
    // The tests start a provider there. To a browser `localhost` is another site than the gateway's address, as a real one is.
    let [port] = free_ports(&folder.path().join("oidc.ports"), [0])?;
    let issuer = format!("http://localhost:{port}");
    let providers = json!([{"name": "company", "issuer": issuer, "client_id": "journal",
        "client_secret": "provider-secret", "local": true}])
    .to_string();
    let settings = [("WEB_DIR", client), ("OIDC_PROVIDERS", &providers)];
    let stage = Stage::on("target/web", &settings, &installation, Interrupt::on_signals()?)?;
    let mut command = node.command("npm", FOLDER);
    command.args(["run", "--silent", script]).env("GATEWAY_URL", &stage.url).env("CHROMIUM", chromium);
    command.env("OIDC_ISSUER", &issuer);
    let mut child = command.spawn().context("cannot run npm")?;
    let well = loop {
        if let Some(status) = child.try_wait()? {
            break status.success();
        }
        if let Err(stopped) = stage.interrupt.pause(Duration::from_millis(200)) {
            let _ = child.kill();
            let _ = child.wait();
            return Err(stopped);
        }
    };
    stage.strike(!well)?;
    Ok(well)
}
