//! The web client: its packages, its build, its checks.

pub(crate) mod browser;

use crate::{
    checks::{Checks, Verdict},
    folder::{Folder, workspace},
    node::{Node, complete},
    progress::Step,
};
use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// The client's folder in the checkout.
pub(crate) const FOLDER: &str = "web";
/// What a build is made of.
const SOURCES: [&str; 6] = ["src", "public", "sdk/src", "index.html", "vite.config.ts", "package-lock.json"];

/// The folder of the built client; built when something has changed since.
pub(crate) fn built(folder: &Folder) -> anyhow::Result<PathBuf> {
    let home = workspace().join(FOLDER);
    let built = home.join("dist");
    let newest = SOURCES.iter().filter_map(|source| newest(&home.join(source))).max();
    let page = fs::metadata(built.join("index.html")).and_then(|page| page.modified()).ok();
    if page.is_some_and(|page| newest.is_none_or(|newest| newest < page)) {
        return Ok(built);
    }
    let node = Node::ready(folder)?;
    let step = Step::announce("Building the web client");
    node.packages(FOLDER)?;
    complete(node.command("npm", FOLDER).args(["run", "--silent", "build"]))?;
    step.done("The web client is built");
    Ok(built)
}

/// Lints, types, unit tests, and whether it builds within its size. All skipped without Node.js.
pub(crate) fn check(checks: &mut Checks, folder: &Folder) {
    let node = Node::ready(folder).and_then(|node| node.packages(FOLDER).map(|()| node));
    for (name, script) in [
        ("web: lint", "lint"),
        ("web: types", "typecheck"),
        ("web: tests", "test"),
        ("web: build and its size", "build"),
    ] {
        match &node {
            Ok(node) => checks.command(name, node.command("npm", FOLDER).args(["run", "--silent", script])),
            Err(error) => checks.make(name, || Ok(Verdict::Skipped(format!("{error:#}")))),
        }
    }
}

/// When the newest file in `path` was changed.
fn newest(path: &Path) -> Option<SystemTime> {
    let own = fs::metadata(path).ok()?;
    if !own.is_dir() {
        return own.modified().ok();
    }
    fs::read_dir(path).ok()?.flatten().filter_map(|entry| newest(&entry.path())).max()
}
