//! The release before this one: which commit it is, and its services, built below `.dev`.

use crate::{
    folder::{Folder, workspace},
    interrupt::Interrupt,
    stack::binaries::Binaries,
};
use anyhow::{Context as _, bail, ensure};
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

/// Stands for the release before this one.
pub(super) const PREVIOUS: &str = "previous";

/// The services of `from` (a commit, a tag, or [`PREVIOUS`]), built in a copy of the files of that time.
pub(super) fn binaries(from: &str, folder: &Folder, interrupt: &Interrupt) -> anyhow::Result<Binaries> {
    let commit = commit(from)?;
    println!("  · The other version is {}", git(&["log", "-1", "--format=%h %s", &commit])?);
    let root = folder.path().join("previous");
    let tree = root.join(&commit);
    unpack(&commit, &tree)?;
    // One target folder for all: what has not changed since the last time is not built again.
    Binaries::build_in(&tree, &root.join("target"), interrupt)
}

/// The last tag `v*` before this commit; where nothing was released yet, the commit before the newest migration. That is the
/// oldest code that a deployment of this commit could find running, and the last one whose schema was another.
fn commit(from: &str) -> anyhow::Result<String> {
    if from != PREVIOUS {
        return git(&["rev-parse", "--verify", &format!("{from}^{{commit}}")]);
    }
    // Not of this commit itself, which may just have been tagged.
    if let Ok(tag) = git(&["describe", "--tags", "--abbrev=0", "--match=v*", "HEAD^"]) {
        return git(&["rev-parse", &format!("{tag}^{{commit}}")]);
    }
    let newest = git(&["log", "-1", "--format=%H", "--", ":(glob)services/*/migrations/*.sql"])?;
    ensure!(!newest.is_empty(), "no commit has a migration: is this a shallow clone?");
    git(&["rev-parse", &format!("{newest}^")])
}

fn git(arguments: &[&str]) -> anyhow::Result<String> {
    let output =
        Command::new("git").args(arguments).current_dir(workspace()).output().context("cannot run git")?;
    if !output.status.success() {
        bail!("git {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Puts a commit's files into a folder, once. Unlike a worktree, it leaves nothing in the repository.
fn unpack(commit: &str, tree: &Path) -> anyhow::Result<()> {
    if tree.is_dir() {
        return Ok(());
    }
    let new = tree.with_extension("new");
    let _ = fs::remove_dir_all(&new);
    fs::create_dir_all(&new)?;
    let mut archive = Command::new("git")
        .args(["archive", "--format=tar", commit])
        .current_dir(workspace())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot run git")?;
    let files = archive.stdout.take().context("git has no output")?;
    let unpacked =
        Command::new("tar").args(["-x", "-C"]).arg(&new).stdin(files).status().context("cannot run tar")?;
    ensure!(archive.wait()?.success() && unpacked.success(), "the files of {commit} cannot be unpacked");
    fs::rename(&new, tree).with_context(|| format!("cannot write {}", tree.display()))
}
