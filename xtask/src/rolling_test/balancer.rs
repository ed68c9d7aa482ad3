//! haproxy before the gateways, as a load balancer of a cloud would be: it asks `/ready` and never sends a request twice.

use crate::{folder::Folder, interrupt::Interrupt, progress::Step};
use anyhow::{Context as _, bail, ensure};
use servers::{Launch, SearchPath, Supervised, free_ports};
use std::{
    fmt::Write as _,
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    path::PathBuf,
    time::{Duration, Instant},
};

const UP_WITHIN: Duration = Duration::from_secs(20);
/// Health checks fail twice within this time, and another one for good measure.
pub(super) const NOTICED_WITHIN: Duration = Duration::from_secs(2);

/// A gateway behind the balancer.
#[derive(Clone, Debug)]
pub(super) struct Backend {
    pub name: String,
    pub port: u16,
    pub admin_port: u16,
}

/// A running haproxy. Dropping it stops it.
#[derive(Debug)]
pub(super) struct Balancer {
    process: Supervised,
    control: u16,
    pub url: String,
}

impl Balancer {
    /// Starts it and waits until every backend takes requests.
    pub fn start(folder: &Folder, backends: &[Backend], interrupt: &Interrupt) -> anyhow::Result<Self> {
        let program = program(folder)?;
        let step = Step::begin("Starting haproxy");
        let [port, control] = free_ports(&folder.path().join("haproxy.ports"), [0; 2])?;
        let file = folder.path().join("haproxy.cfg");
        fs::write(&file, configuration(port, control, backends)?)?;
        let launch = Launch::new("haproxy", &program, folder.path(), &folder.log("haproxy"))
            .arguments(["-db", "-f"])
            .arguments([file]);
        let mut this = Self { process: launch.start()?, control, url: format!("http://127.0.0.1:{port}") };
        for backend in backends {
            this.wait_until_up(&backend.name, interrupt)?;
        }
        step.done(format!("haproxy balances {} gateways", backends.len()));
        Ok(this)
    }

    /// Fails when it has ended.
    pub fn check(&mut self) -> anyhow::Result<()> {
        match self.process.ended() {
            Some(status) => bail!("haproxy ended ({status}): {}", self.process.last_words()),
            None => Ok(()),
        }
    }

    /// Waits until a gateway takes requests.
    pub fn wait_until_up(&mut self, name: &str, interrupt: &Interrupt) -> anyhow::Result<()> {
        let deadline = Instant::now() + UP_WITHIN;
        loop {
            self.check()?;
            let status = self.status(name).unwrap_or_default();
            if status.starts_with("UP") && !status.contains('/') {
                return Ok(());
            }
            ensure!(Instant::now() < deadline, "haproxy still says of {name}: {status}");
            interrupt.pause(Duration::from_millis(50))?;
        }
    }

    /// Takes a gateway out before it is told to stop, or back in.
    pub fn set(&self, name: &str, state: &str) -> anyhow::Result<()> {
        self.command(&format!("set server gateways/{name} state {state}")).map(drop)
    }

    fn status(&self, name: &str) -> anyhow::Result<String> {
        let table = self.command("show stat")?;
        let line = table.lines().find(|line| line.starts_with(&format!("gateways,{name},")));
        // The 18th column of haproxy's statistics.
        let status = line.and_then(|line| line.split(',').nth(17));
        Ok(status.context("haproxy does not know it")?.to_owned())
    }

    fn command(&self, command: &str) -> anyhow::Result<String> {
        let mut control =
            TcpStream::connect(("127.0.0.1", self.control)).context("haproxy does not listen")?;
        control.set_read_timeout(Some(Duration::from_secs(5)))?;
        writeln!(control, "{command}")?;
        let mut answer = String::new();
        control.read_to_string(&mut answer)?;
        Ok(answer)
    }
}

/// Debian's haproxy, installed when it is missing.
fn program(folder: &Folder) -> anyhow::Result<PathBuf> {
    let find = || {
        let programs = SearchPath::of_system().programs.into_iter();
        programs.map(|folder| folder.join("haproxy")).find(|file| file.is_file())
    };
    if let Some(found) = find() {
        return Ok(found);
    }
    let step = Step::announce("Installing haproxy");
    servers::install(&["haproxy"], &folder.log("install-haproxy"))?;
    step.done("Installed haproxy");
    find().context("haproxy is installed, but cannot be found")
}

fn configuration(port: u16, control: u16, backends: &[Backend]) -> anyhow::Result<String> {
    let mut servers = String::new();
    for Backend { name, port, admin_port } in backends {
        writeln!(servers, "    server {name} 127.0.0.1:{port} check port {admin_port}")?;
    }
    Ok(format!(
        "global
    stats socket ipv4@127.0.0.1:{control} level admin
    maxconn 2000
defaults
    mode http
    timeout connect 2s
    timeout check 5s
    timeout client 120s
    timeout server 120s
    timeout http-keep-alive 120s
    timeout tunnel 1h
    option forwardfor
    # A load balancer of a cloud sends no request twice.
    retries 0
frontend public
    bind 127.0.0.1:{port}
    default_backend gateways
backend gateways
    balance roundrobin
    option httpchk GET /ready
    default-server inter 500ms fall 2 rise 1
{servers}"
    ))
}
