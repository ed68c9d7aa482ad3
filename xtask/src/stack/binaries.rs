//! Building the services, and where cargo puts them.

use super::services::SERVICES;
use crate::{
    cargo::{cargo, cargo_in},
    interrupt::Interrupt,
    progress::Step,
};
use anyhow::{Context as _, bail};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{ChildStdout, Command, Stdio},
    thread,
    time::Duration,
};

/// Executables of the services by name.
#[derive(Debug)]
pub(crate) struct Binaries(BTreeMap<String, PathBuf>);

impl Binaries {
    /// Builds all services in one call, whose own progress is shown.
    pub fn build(release: bool, interrupt: &Interrupt) -> anyhow::Result<Self> {
        Self::built_by(cargo(), &[], release, interrupt)
    }

    /// With other programs of the workspace besides.
    pub fn build_with(more: &[&str], release: bool, interrupt: &Interrupt) -> anyhow::Result<Self> {
        Self::built_by(cargo(), more, release, interrupt)
    }

    /// The same in another checkout, without optimisation.
    pub fn build_in(checkout: &Path, target: &Path, interrupt: &Interrupt) -> anyhow::Result<Self> {
        let mut command = cargo_in(checkout);
        command.env("CARGO_TARGET_DIR", target);
        Self::built_by(command, &[], false, interrupt)
    }

    fn built_by(
        mut command: Command,
        more: &[&str],
        release: bool,
        interrupt: &Interrupt,
    ) -> anyhow::Result<Self> {
        let step = Step::announce("Building the services");
        command.args(["build", "--bins", "--message-format=json-render-diagnostics"]);
        command.args(SERVICES.iter().chain(more).flat_map(|name| ["--package", name]));
        command.args(release.then_some("--release"));
        let mut child = command.stdout(Stdio::piped()).spawn().context("cannot run cargo")?;
        let output = child.stdout.take().context("cargo has no output")?;
        let messages = thread::spawn(move || executables(output));
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            if interrupt.is_requested() {
                let _ = child.kill();
            }
            thread::sleep(Duration::from_millis(50));
        };
        interrupt.check()?;
        if !status.success() {
            bail!("the services do not build: see cargo's message above");
        }
        let built = messages.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        step.done("Services are built");
        Ok(Self(built))
    }

    /// Services that were built before, such as a release's.
    pub fn in_folder(folder: &Path) -> anyhow::Result<Self> {
        let found = SERVICES.map(|name| (name.to_owned(), folder.join(name)));
        match found.iter().find(|(_, program)| !program.is_file()) {
            Some((_, missing)) => bail!("there is no {}", missing.display()),
            None => Ok(Self(found.into())),
        }
    }

    /// Those in a folder that was named, else built.
    pub fn given_or_built(
        folder: Option<&Path>,
        release: bool,
        interrupt: &Interrupt,
    ) -> anyhow::Result<Self> {
        folder.map_or_else(|| Self::build(release, interrupt), Self::in_folder)
    }

    /// Those of a folder, under their own names; who asks for one that is not there hears of it when it is run.
    pub fn named_in(folder: &Path, more: &[&str]) -> Self {
        let programs = SERVICES.iter().chain(more);
        Self(programs.map(|name| ((*name).to_owned(), folder.join(name))).collect())
    }

    pub fn of(&self, service: &str) -> anyhow::Result<&Path> {
        self.0
            .get(service)
            .map(PathBuf::as_path)
            .with_context(|| format!("cargo built no binary `{service}`"))
    }
}

/// The executables that cargo tells of, fresh or not.
fn executables(output: ChildStdout) -> BTreeMap<String, PathBuf> {
    let messages = BufReader::new(output).lines().map_while(Result::ok);
    messages.filter_map(|line| executable(&serde_json::from_str(&line).ok()?)).collect()
}

fn executable(message: &Value) -> Option<(String, PathBuf)> {
    let path = message.get("executable")?.as_str()?;
    let name = message.get("target")?.get("name")?.as_str()?;
    Some((name.to_owned(), PathBuf::from(path)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_artifact_with_an_executable_is_a_binary() {
        let artifact =
            json!({"reason": "compiler-artifact", "target": {"name": "auth"}, "executable": "/t/debug/auth"});
        let library = json!({"reason": "compiler-artifact", "target": {"name": "auth"}, "executable": null});

        assert_eq!(executable(&artifact), Some(("auth".to_owned(), PathBuf::from("/t/debug/auth"))));
        assert_eq!(executable(&library), None);
        assert_eq!(executable(&json!({"reason": "build-finished"})), None);
    }
}
