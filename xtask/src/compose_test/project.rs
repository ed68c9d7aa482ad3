//! A Compose project of our own: its containers, its ports, and its end.

use crate::{
    engine::{Engine, stand_ins::Choice, told},
    folder::{Folder, workspace},
    interrupt::Interrupt,
    progress::Step,
    stack::process::Process,
};
use anyhow::{Context as _, bail, ensure};
use servers::free_ports;
use std::{
    ffi::OsString,
    fs,
    process::{self, Command},
    time::{Duration, Instant},
};

/// For all containers to become healthy, one after the other.
const HEALTHY_WITHIN: &str = "240";
const READY_WITHIN: Duration = Duration::from_mins(1);

/// Containers, networks and volumes under a name that nobody else uses. Dropping it removes them.
pub(super) struct Project<'a> {
    engine: &'a Engine,
    name: String,
    ports: [u16; 2],
    environment: Vec<(OsString, OsString)>,
    removed: bool,
}

impl<'a> Project<'a> {
    pub fn new(
        engine: &'a Engine,
        servers: &Choice,
        prefix: &str,
        tag: &str,
        folder: &Folder,
    ) -> anyhow::Result<Self> {
        let ports = free_ports(&folder.path().join("compose-test.ports"), [0; 2])?;
        let [port, mail_port] = ports.map(|port| port.to_string());
        let own = [("IMAGE_PREFIX", prefix), ("TAG", tag), ("PORT", &port), ("MAIL_PORT", &mail_port)];
        let servers = servers.iter().map(|(name, image)| (*name, image.as_str()));
        let environment = own.into_iter().chain(servers).map(|(name, value)| (name.into(), value.into()));
        let name = format!("journal-test-{}", process::id());
        Ok(Self { engine, name, ports, environment: environment.collect(), removed: false })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.ports[0])
    }

    pub fn mail_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.ports[1])
    }

    fn compose(&self) -> Command {
        let mut command = self.engine.compose();
        command.current_dir(workspace()).envs(self.environment.iter().cloned()).args([
            "--project-name",
            &self.name,
            "--profile",
            "mail",
        ]);
        command
    }

    /// Starts what does not run, and waits until all is healthy.
    pub fn up(&self, scale: &[&str]) -> anyhow::Result<()> {
        let mut command = self.compose();
        command.args([
            "up",
            "--detach",
            "--no-build",
            "--no-recreate",
            "--wait",
            "--wait-timeout",
            HEALTHY_WITHIN,
        ]);
        told(command.args(scale)).map(drop)
    }

    /// The ids of a service's containers that run.
    pub fn containers(&self, service: &str) -> anyhow::Result<Vec<String>> {
        let ids = told(self.compose().args(["ps", "--quiet", service]))?;
        Ok(ids.lines().map(str::to_owned).collect())
    }

    /// The container of a service that has one.
    pub fn container(&self, service: &str) -> anyhow::Result<String> {
        let mut all = self.containers(service)?;
        ensure!(all.len() == 1, "{service} has {} containers", all.len());
        all.pop().with_context(|| format!("{service} does not run"))
    }

    fn inspect(&self, container: &str, format: &str) -> anyhow::Result<String> {
        told(self.engine.docker().args(["inspect", "--format", format, container]))
    }

    /// Resident memory of its one process, where this machine's kernel runs it.
    pub fn memory(&self, container: &str) -> anyhow::Result<Option<u64>> {
        let pid = self.inspect(container, "{{.State.Pid}}")?;
        Ok(Process::of(pid.parse().context("a process has no id")?).and_then(Process::memory))
    }

    /// SIGTERM; time until it has ended, which must be well.
    pub fn stop(&self, container: &str) -> anyhow::Result<Duration> {
        let started = Instant::now();
        told(self.engine.docker().args(["stop", "--time", "60", container]))?;
        let took = started.elapsed();
        let code = self.inspect(container, "{{.State.ExitCode}}")?;
        ensure!(code == "0", "{} ended with {code}", self.inspect(container, "{{.Name}}")?);
        Ok(took)
    }

    /// Starts a container that was stopped; time until it says that it is ready.
    pub fn start(&self, container: &str, interrupt: &Interrupt) -> anyhow::Result<Duration> {
        let started = Instant::now();
        told(self.engine.docker().args(["start", container]))?;
        loop {
            let mut ask = self.engine.docker();
            let asked = told(ask.args(["exec", container, "/app/service", "healthcheck", "--ready"]));
            match asked {
                Ok(_) => return Ok(started.elapsed()),
                Err(error) if started.elapsed() > READY_WITHIN => return Err(error),
                Err(_) => interrupt.pause(Duration::from_millis(50))?,
            }
        }
    }

    /// Shows the last words of every container, and keeps all of them.
    pub fn tell_what_happened(&self, folder: &Folder) {
        let logs = told(self.compose().args(["logs", "--no-color", "--timestamps"]));
        let file = folder.log("compose-test");
        if let Ok(logs) = logs
            && fs::write(&file, logs).is_ok()
        {
            println!("  What the containers said: {}", file.display());
        }
        if let Ok(list) = told(self.compose().args(["ps", "--all"])) {
            println!("{list}");
        }
    }

    /// Stops and removes all containers, volumes and networks, and looks whether any is left.
    pub fn remove(mut self) -> anyhow::Result<()> {
        self.take_down()
    }

    fn take_down(&mut self) -> anyhow::Result<()> {
        if std::mem::replace(&mut self.removed, true) {
            return Ok(());
        }
        let step = Step::begin("Removing all of it");
        told(self.compose().args(["down", "--volumes", "--remove-orphans", "--timeout", "30"]))?;
        let label = format!("label=com.docker.compose.project={}", self.name);
        for what in ["container", "volume", "network"] {
            let mut list = self.engine.docker();
            list.args([what, "ls", "--quiet", "--filter", &label])
                .args((what == "container").then_some("--all"));
            let left = told(&mut list)?;
            if !left.is_empty() {
                bail!("of {} this {what} is left: {left}", self.name);
            }
        }
        step.done("Containers, volumes and networks are removed");
        Ok(())
    }
}

impl Drop for Project<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.take_down() {
            eprintln!("error: {error:#}");
        }
    }
}
