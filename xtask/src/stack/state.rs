//! What runs and where, written for the other commands.

use super::process::Process;
use crate::folder::Folder;
use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use servers::{Supervised, secret};
use std::{fs, io::ErrorKind, path::PathBuf};

/// The stack as other commands see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    /// The process that everything else is a child of.
    pub owner: Process,
    /// True when everything answers and the demo data is in.
    pub ready: bool,
    /// The public URL, once there is one.
    pub url: Option<String>,
    pub servers: Vec<Server>,
    pub services: Vec<Service>,
}

/// PostgreSQL, RabbitMQ or Redis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Server {
    pub name: String,
    pub port: u16,
    /// The server, its companion, and what watches them.
    pub processes: Vec<Process>,
    pub log: PathBuf,
}

impl Server {
    pub fn of(name: &str, port: u16, process: &Supervised) -> Self {
        let processes = Process::all(&process.pids());
        Self { name: name.to_owned(), port, processes, log: process.log().to_owned() }
    }
}

/// One of the five services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Service {
    pub name: String,
    /// gRPC; HTTP for the gateway.
    pub port: u16,
    pub admin_port: u16,
    pub processes: Vec<Process>,
    pub log: PathBuf,
}

impl State {
    pub fn new(owner: Process) -> Self {
        Self { owner, ready: false, url: None, servers: Vec::new(), services: Vec::new() }
    }

    /// The stack that runs now; what a dead owner left is not one.
    pub fn running(folder: &Folder) -> anyhow::Result<Option<Self>> {
        Ok(Self::read(folder)?.filter(|state| state.owner.is_alive()))
    }

    /// What was written last.
    pub fn read(folder: &Folder) -> anyhow::Result<Option<Self>> {
        match fs::read_to_string(folder.state()) {
            Ok(text) => Ok(serde_json::from_str(&text).ok()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).context(format!("cannot read {}", folder.state().display())),
        }
    }

    /// Writes it so that a reader sees either this or the previous state.
    pub fn save(&self, folder: &Folder) -> anyhow::Result<()> {
        let new = folder.path().join("state.json.new");
        secret::write_private(&new, &serde_json::to_string_pretty(self)?)?;
        fs::rename(&new, folder.state()).context("cannot write the state")
    }

    pub fn remove(folder: &Folder) -> anyhow::Result<()> {
        match fs::remove_file(folder.state()) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(error).context("cannot delete the state")
            }
            _ => Ok(()),
        }
    }

    /// Everything recorded that still runs.
    pub fn alive(&self) -> Vec<Process> {
        let servers = self.servers.iter().flat_map(|server| &server.processes);
        let services = self.services.iter().flat_map(|service| &service.processes);
        servers.chain(services).chain([&self.owner]).copied().filter(|process| process.is_alive()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_whose_owner_is_gone_does_not_run() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::new(Some(root.path().to_owned())).unwrap();
        assert_eq!(State::running(&folder).unwrap(), None);
        let mut child = std::process::Command::new("sleep").arg("60").spawn().unwrap();
        let state = State::new(Process::of(child.id()).unwrap());
        state.save(&folder).unwrap();

        assert_eq!(State::running(&folder).unwrap(), Some(state.clone()));

        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(State::running(&folder).unwrap(), None);
        assert_eq!(State::read(&folder).unwrap(), Some(state));
    }
}
