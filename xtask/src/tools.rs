//! Programs from the Python package index, each in a virtual environment of its own below `.dev/tools`.

use crate::{folder::Folder, progress::Step};
use anyhow::{Context as _, bail};
use std::{path::PathBuf, process::Command};

/// A program of a package.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tool {
    pub package: &'static str,
    /// What is needed besides the package itself, such as `[server]`.
    pub extras: &'static str,
    pub version: &'static str,
    pub program: &'static str,
}

impl Tool {
    /// The program, installed when it is missing.
    pub fn installed(&self, folder: &Folder) -> anyhow::Result<PathBuf> {
        let Self { package, extras, version, program } = self;
        // What is installed with other extras is another one.
        let with = extras.replace(['[', ',', ']'], "-");
        let home = folder.tools().join(format!("{package}-{version}{}", with.trim_end_matches('-')));
        let program = home.join("bin").join(program);
        if program.is_file() {
            return Ok(program);
        }
        let step = Step::announce(format!("Installing {package} into .dev/tools (once)"));
        let made = Command::new("python3").args(["-m", "venv"]).arg(&home).status();
        if !made.context("there is no python3")?.success() {
            bail!("python3 cannot make a virtual environment: is python3-venv installed?");
        }
        let wanted = format!("{package}{extras}=={version}");
        let pip = Command::new(home.join("bin/pip")).args(["install", "--quiet", &wanted]).status()?;
        if !pip.success() {
            bail!("{package} cannot be installed: see pip's message above");
        }
        step.done(format!("Installed {package}"));
        Ok(program)
    }
}
