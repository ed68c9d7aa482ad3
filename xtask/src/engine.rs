//! The container engine: the machine's own, or Debian's, installed and started for as long as it is needed.

mod plugins;
pub(crate) mod stand_ins;

use crate::{folder::Folder, progress::Step};
use anyhow::{Context as _, bail};
use servers::{Launch, Supervised};
use std::{
    fmt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Where Debian's client is. Beside a newer one from elsewhere it is the one that builds without a plugin.
const DEBIANS_CLIENT: &str = "/usr/bin/docker";
/// Where dockerd finds containerd, runc and iptables: a launched server has no environment but what it is given.
const HELPERS: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const READY_WITHIN: Duration = Duration::from_mins(1);

/// A client and a daemon that answers it. A daemon that was started for it is stopped with it.
#[derive(Debug)]
pub(crate) struct Engine {
    docker: PathBuf,
    compose: Vec<PathBuf>,
    folder: Folder,
    _daemon: Option<Supervised>,
}

/// Why no engine can be had here.
#[derive(Debug)]
pub(crate) struct NoEngine(String);

impl fmt::Display for NoEngine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "no container engine can be had: {}", self.0)
    }
}

impl std::error::Error for NoEngine {}

impl Engine {
    /// An engine that answers. As root it is installed from Debian's packages when there is none, and started when none runs.
    pub fn ready(folder: &Folder) -> anyhow::Result<Self> {
        let daemon = if answers(Path::new("docker")) { None } else { Some(start(folder)?) };
        let docker = ["docker", DEBIANS_CLIENT].map(PathBuf::from);
        let docker = docker.into_iter().find(|client| answers(client) && builds(client));
        let docker = docker.ok_or_else(|| {
            NoEngine(
                "the docker client has no BuildKit: install docker-buildx or Debian's docker.io".to_owned(),
            )
        })?;
        let compose = plugins::compose(&docker, folder)?;
        Ok(Self { docker, compose, folder: folder.clone(), _daemon: daemon })
    }

    /// `docker`, which builds with its newer builder.
    pub fn docker(&self) -> Command {
        let mut command = Command::new(&self.docker);
        command.env("DOCKER_BUILDKIT", "1");
        command
    }

    /// `docker compose`, of version 2.
    pub fn compose(&self) -> Command {
        let mut words = self.compose.iter();
        let mut command = Command::new(words.next().map_or(Path::new("docker"), PathBuf::as_path));
        command.args(words);
        command
    }

    /// The version of the daemon.
    pub fn version(&self) -> anyhow::Result<String> {
        told(self.docker().args(["version", "--format", "{{.Server.Version}}"]))
    }

    /// Whether an image is there, without looking elsewhere.
    pub fn has(&self, image: &str) -> bool {
        told(self.docker().args(["image", "inspect", "--format", "{{.Id}}", image])).is_ok()
    }
}

/// What a command prints; what it complains of, when it fails.
pub(crate) fn told(command: &mut Command) -> anyhow::Result<String> {
    let name = command.get_program().display().to_string();
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot run {name}"))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        let arguments: Vec<_> = command.get_args().map(|word| word.to_string_lossy()).collect();
        bail!("{name} {}: {}", arguments.join(" "), complaint.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn answers(client: &Path) -> bool {
    told(Command::new(client).args(["version", "--format", "{{.Server.Version}}"])).is_ok()
}

/// Clients before 23 bring the newer builder; later ones need a plugin for it.
fn builds(client: &Path) -> bool {
    let version = told(Command::new(client).args(["version", "--format", "{{.Client.Version}}"]));
    let major = version.ok().and_then(|version| version.split('.').next()?.parse::<u32>().ok());
    major.is_some_and(|major| (18..23).contains(&major))
        || told(Command::new(client).args(["buildx", "version"])).is_ok()
}

/// Installs and starts a daemon, both of which only root may.
fn start(folder: &Folder) -> anyhow::Result<Supervised> {
    if told(Command::new("id").arg("-u"))? != "0" {
        let reason = "no daemon answers, and only root may install and start one";
        return Err(NoEngine(reason.to_owned()).into());
    }
    let daemon = ["/usr/sbin/dockerd", "/usr/bin/dockerd"].map(PathBuf::from);
    if !daemon.iter().any(|file| file.is_file()) {
        let step = Step::announce("Installing docker.io");
        servers::install(&["docker.io", "iptables"], &folder.log("install-docker"))
            .map_err(|error| NoEngine(error.to_string()))?;
        step.done("Installed docker.io");
    }
    let daemon = daemon.into_iter().find(|file| file.is_file());
    let daemon = daemon.ok_or_else(|| NoEngine("docker.io brought no dockerd".to_owned()))?;
    let step = Step::begin("Starting dockerd");
    let mut process = Launch::new("dockerd", &daemon, folder.path(), &folder.log("dockerd"))
        .variable("PATH", HELPERS)
        .start()?;
    let give_up = Instant::now() + READY_WITHIN;
    while !answers(Path::new("docker")) {
        if process.ended().is_some() || Instant::now() > give_up {
            return Err(NoEngine(format!("dockerd does not start: {}", process.last_words())).into());
        }
        thread::sleep(Duration::from_millis(200));
    }
    step.done("dockerd runs, until this command ends");
    Ok(process)
}
