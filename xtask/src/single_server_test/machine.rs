//! A Debian machine with systemd, as a privileged container.

use crate::{folder::Folder, interrupt::Interrupt, progress::Step};
use anyhow::{Context as _, bail, ensure};
use std::{
    cell::Cell,
    fmt,
    fs::File,
    io::Write as _,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

const IMAGE: &str = "trading-journal-single-server:test";
const DOCKERFILE: &str = include_str!("Dockerfile");
const BOOTED_WITHIN: Duration = Duration::from_mins(2);
const BUILT_WITHIN: Duration = Duration::from_mins(20);

/// This machine cannot run the test, and why.
#[derive(Debug)]
pub(super) struct Unavailable(String);

impl fmt::Display for Unavailable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Unavailable {}

/// A running container. Dropping it removes it.
#[derive(Debug)]
pub(super) struct Machine {
    name: String,
    stays: Cell<bool>,
}

/// An image with systemd and the servers, made from Debian's.
pub(super) fn base(asked: Option<&str>, folder: &Folder, interrupt: &Interrupt) -> anyhow::Result<String> {
    if !succeeds(docker().arg("info")) {
        return Err(Unavailable("there is no Docker engine here that this user may use".to_owned()).into());
    }
    let debian = match asked {
        Some(image) => image.to_owned(),
        None => debian(folder, interrupt)?,
    };
    let step = Step::begin("Building the image of a Debian machine");
    let log = folder.log("single-server-image");
    let output = File::create(&log)?;
    let mut build = docker();
    build.args(["build", "--tag", IMAGE, "--build-arg", &format!("BASE={debian}"), "-"]);
    build.stdin(Stdio::piped()).stdout(output.try_clone()?).stderr(output);
    let ended = wait(build.spawn().context("cannot run docker")?, DOCKERFILE, BUILT_WITHIN, interrupt)?;
    ensure!(ended, "the image cannot be built (log: {})", log.display());
    step.done("The image of a Debian machine is there");
    Ok(IMAGE.to_owned())
}

/// Debian's own image, or one made by debootstrap where nothing can be pulled.
fn debian(folder: &Folder, interrupt: &Interrupt) -> anyhow::Result<String> {
    let official = "debian:12";
    if succeeds(docker().args(["image", "inspect", official]))
        || succeeds(docker().args(["pull", "--quiet", official]))
    {
        return Ok(official.to_owned());
    }
    let own = "trading-journal-single-server:debian-12";
    if succeeds(docker().args(["image", "inspect", own])) {
        return Ok(own.to_owned());
    }
    if !succeeds(Command::new("sh").args(["-c", "command -v debootstrap"])) {
        servers::install(&["debootstrap"], &folder.log("install-debootstrap"))
            .map_err(|error| Unavailable(format!("{official} cannot be pulled, and {error}")))?;
    }
    let step = Step::begin("Making a Debian by debootstrap, as none can be pulled");
    let root = folder.path().join("debian-12");
    let script = r#"set -e; rm -rf "$1"; debootstrap --variant=minbase bookworm "$1" >"$3" 2>&1; tar -C "$1" -c . | docker import - "$2" >/dev/null; rm -rf "$1""#;
    let mut make = Command::new("sh");
    make.args(["-c", script, "make"]).arg(&root).arg(own).arg(folder.log("debootstrap")).stdin(Stdio::null());
    if !wait(make.spawn()?, "", BUILT_WITHIN, interrupt)? {
        return Err(Unavailable("debootstrap cannot make a Debian here (it takes root)".to_owned()).into());
    }
    step.done("Made a Debian by debootstrap");
    Ok(own.to_owned())
}

impl Machine {
    /// Boots systemd and waits until it has settled.
    pub fn start(image: &str, interrupt: &Interrupt) -> anyhow::Result<Self> {
        let step = Step::begin("Booting the machine");
        let name = format!("trading-journal-single-server-{}", std::process::id());
        let mut run = docker();
        run.args(["run", "--detach", "--name", &name, "--hostname", "journal", "--env", "container=docker"]);
        // What systemd and nft need; a whole --privileged is more than some engines may give away.
        run.args(["--cap-add", "SYS_ADMIN", "--cap-add", "NET_ADMIN", "--cgroupns", "host"]);
        run.args(["--security-opt", "seccomp=unconfined", "--security-opt", "apparmor=unconfined"]);
        run.args(["--volume", "/sys/fs/cgroup:/sys/fs/cgroup:rw"]);
        run.args(["--tmpfs", "/run", "--tmpfs", "/run/lock", "--tmpfs", "/tmp:exec"]);
        run.arg(image).stdout(Stdio::null());
        ensure!(run.status()?.success(), "the machine does not start");
        let this = Self { name, stays: Cell::new(false) };
        let deadline = Instant::now() + BOOTED_WITHIN;
        loop {
            let state = docker().args(["exec", &this.name, "systemctl", "is-system-running"]).output()?;
            let state = String::from_utf8_lossy(&state.stdout).trim().to_owned();
            // Degraded: a unit that makes no sense in a container has failed.
            if ["running", "degraded"].contains(&state.as_str()) {
                break;
            }
            if Instant::now() > deadline {
                this.tell_what_failed();
                return Err(Unavailable(format!("systemd does not run in a container here ({state})")).into());
            }
            interrupt.pause(Duration::from_millis(500))?;
        }
        this.allow_what_containers_cannot()?;
        step.done("The machine has booted");
        Ok(this)
    }

    /// In some containers no service can have a user namespace of its own: Debian's Redis, which wants one, shows it.
    fn allow_what_containers_cannot(&self) -> anyhow::Result<()> {
        let script = "systemctl reset-failed; systemctl restart redis-server || {
            mkdir -p /etc/systemd/system/service.d
            printf '[Service]\\nPrivateUsers=no\\n' >/etc/systemd/system/service.d/zz-container.conf
            systemctl daemon-reload; systemctl reset-failed; }";
        ensure!(
            succeeds(docker().args(["exec", &self.name, "sh", "-c", script])),
            "the machine does not answer"
        );
        Ok(())
    }

    /// Copies a file or a folder into the machine.
    pub fn copy(&self, from: &Path, to: &Path) -> anyhow::Result<()> {
        let parent = to.parent().context("a place has a folder")?;
        ensure!(
            succeeds(docker().args(["exec", &self.name, "mkdir", "-p"]).arg(parent)),
            "the machine does not answer"
        );
        let to = format!("{}:{}", self.name, to.display());
        ensure!(succeeds(docker().arg("cp").arg(from).arg(to)), "{} cannot be copied", from.display());
        Ok(())
    }

    /// Runs a command as root, whose output is shown; `input` is what it reads.
    pub fn shell(
        &self,
        command: &str,
        input: &str,
        within: Duration,
        interrupt: &Interrupt,
    ) -> anyhow::Result<()> {
        let mut run = docker();
        run.args(["exec", "--interactive", &self.name, "sh", "-c", command]).stdin(Stdio::piped());
        let ended = wait(run.spawn().context("cannot run docker")?, input, within, interrupt)?;
        if !ended {
            bail!("`{command}` failed in the machine");
        }
        Ok(())
    }

    /// What units that failed said last.
    pub fn tell_what_failed(&self) {
        let script = "systemctl --failed --no-pager --plain --no-legend; journalctl --no-pager -p warning -n 40 -o cat";
        let _ = docker().args(["exec", &self.name, "sh", "-c", script]).status();
    }

    /// Lets it run on. Returns its name.
    pub fn keep(&self) -> &str {
        self.stays.set(true);
        &self.name
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        if !self.stays.get() {
            let _ = succeeds(docker().args(["rm", "--force", "--volumes", &self.name]));
        }
    }
}

/// Debian's own client first: it can build without a plugin.
fn docker() -> Command {
    let own = Path::new("/usr/bin/docker");
    let mut command = Command::new(if own.is_file() { own } else { Path::new("docker") });
    command.env("DOCKER_BUILDKIT", "1");
    command
}

fn succeeds(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// Whether a process ends well. Killed when it takes too long, or when somebody wants it to stop.
fn wait(mut child: Child, input: &str, within: Duration, interrupt: &Interrupt) -> anyhow::Result<bool> {
    if let Some(mut stdin) = child.stdin.take() {
        // Who does not read it to its end says why by its exit code.
        let _ = stdin.write_all(input.as_bytes());
    }
    let deadline = Instant::now() + within;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        if Instant::now() > deadline || interrupt.is_requested() {
            child.kill()?;
            child.wait()?;
            interrupt.check()?;
            bail!("it took longer than {} minutes", within.as_secs() / 60);
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}
