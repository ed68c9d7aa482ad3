//! The product under measurement, or under fire: a whole stack of its own on a scratch folder.

use crate::{
    folder::{Folder, Lock, workspace},
    interrupt::Interrupt,
    stack::{Stack, another, binaries::Binaries, databases, process::Process, services},
};
use anyhow::{Context as _, bail};
use servers::{Database, Installation};
use std::{
    collections::BTreeMap,
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// One user asks for more than any user may: requests are counted all the same. And this client may say that it speaks for others.
pub(crate) const SETTINGS: [(&str, &str); 7] = [
    ("TRUSTED_PROXIES", "127.0.0.1/32"),
    ("RATE_LIMIT_SIGN_IN", "10000000/60"),
    ("RATE_LIMIT_ANONYMOUS", "10000000/60"),
    ("RATE_LIMIT_READ", "10000000/60"),
    ("RATE_LIMIT_WRITE", "10000000/60"),
    ("RATE_LIMIT_FILE", "10000000/60"),
    ("RATE_LIMIT_STATISTICS", "10000000/60"),
];

/// Servers with the databases that these binaries want, and no service yet.
pub(crate) fn bare(
    folder: &Folder,
    binaries: &Binaries,
    installation: &Installation,
    interrupt: &Interrupt,
) -> anyhow::Result<(Stack, BTreeMap<&'static str, Database>)> {
    let mut stack = Stack::new(folder)?;
    stack.start_servers(installation, interrupt)?;
    let databases = databases::create(&stack.servers()?.postgres, folder)?;
    databases::migrate(binaries, &databases, folder)?;
    Ok((stack, databases))
}

/// The plain monolith that the product is compared with.
pub(crate) const PEER: &str = "peer";

/// A running stack. Dropping it stops everything.
#[derive(Debug)]
pub(crate) struct Stage {
    // The stack first: it has to end before another run may have the folder.
    stack: Stack,
    folder: Folder,
    _lock: Lock,
    /// What is measured.
    pub binaries: Binaries,
    /// When every service was ready.
    pub started: Instant,
    /// The gateway.
    pub url: String,
    pub interrupt: Interrupt,
}

impl Stage {
    /// Starts everything, with new and empty databases: programs from a folder, or built with optimisation.
    pub fn set(
        programs: Option<&Path>,
        installation: &Installation,
        interrupt: Interrupt,
    ) -> anyhow::Result<Self> {
        let binaries = match programs {
            Some(folder) => Binaries::named_in(folder, &[PEER]),
            None => Binaries::build_with(&[PEER], true, &interrupt)?,
        };
        Self::of("target/bench", binaries, &[], installation, interrupt)
    }

    /// The same on a scratch folder of this name, built without optimisation, and with `more` in the services' environment.
    pub fn on(
        scratch: &str,
        more: &[(&str, &str)],
        installation: &Installation,
        interrupt: Interrupt,
    ) -> anyhow::Result<Self> {
        let binaries = Binaries::build(false, &interrupt)?;
        Self::of(scratch, binaries, more, installation, interrupt)
    }

    fn of(
        scratch: &str,
        binaries: Binaries,
        more: &[(&str, &str)],
        installation: &Installation,
        interrupt: Interrupt,
    ) -> anyhow::Result<Self> {
        let (folder, lock) = emptied(&workspace().join(scratch))?;
        let (mut stack, databases) = bare(&folder, &binaries, installation, &interrupt)?;
        services::start(&mut stack, &binaries, &databases, &folder, &[&SETTINGS, more].concat(), &interrupt)?;
        let url = stack.state.url.clone().context("the gateway has no URL")?;
        Ok(Self { stack, binaries, folder, _lock: lock, started: Instant::now(), url, interrupt })
    }

    /// Waits a little between two looks at something; fails when something has ended that should run.
    pub fn pause(&mut self, time: Duration) -> anyhow::Result<()> {
        self.interrupt.pause(time)?;
        self.check()
    }

    pub fn check(&mut self) -> anyhow::Result<()> {
        self.interrupt.check()?;
        self.stack.check()
    }

    /// The process of a service.
    pub fn process(&self, service: &str) -> anyhow::Result<Process> {
        let found = self.stack.state.services.iter().find(|candidate| candidate.name == service);
        let process = found.and_then(|service| service.processes.first()).copied();
        process.with_context(|| format!("{service} does not run"))
    }

    /// What works for a request: the five services, PostgreSQL and Redis.
    pub fn workers(&self) -> Vec<(String, Process)> {
        let state = &self.stack.state;
        let services = state.services.iter().map(|service| (&service.name, &service.processes));
        let servers = state.servers.iter().map(|server| (&server.name, &server.processes));
        let all = services.chain(servers).filter(|(name, _)| *name != "rabbitmq");
        // Another gateway is called `gateway-...`.
        let kind = |name: &str| name.split('-').next().unwrap_or_default().to_owned();
        all.flat_map(|(name, of)| of.iter().map(move |process| (kind(name), *process))).collect()
    }

    /// The private port of a service.
    pub fn admin_port(&self, service: &str) -> anyhow::Result<u16> {
        let found = self.stack.state.services.iter().find(|candidate| candidate.name == service);
        Ok(found.with_context(|| format!("{service} does not run"))?.admin_port)
    }

    /// Starts one more gateway, with `settings` of its own. Returns its URL.
    pub fn another_gateway(&mut self, name: &str, settings: &[(&str, &str)]) -> anyhow::Result<String> {
        another::gateway(&mut self.stack, &self.folder, name, settings, &self.interrupt)
    }

    /// Starts a program that is none of the product's, with one port. Returns its URL.
    pub fn another_program(
        &mut self,
        name: &str,
        program: &Path,
        settings: &[(&str, &str)],
    ) -> anyhow::Result<String> {
        let (stack, folder) = (&mut self.stack, &self.folder);
        another::program(stack, folder, name, program, settings, &self.interrupt)
    }

    /// URL of a database for PostgreSQL's superuser.
    pub fn admin_url(&self, database: &str) -> anyhow::Result<String> {
        let url = self.stack.servers()?.postgres.admin_url();
        let (server, _) = url.rsplit_once('/').context("the URL of PostgreSQL names no database")?;
        Ok(format!("{server}/{database}"))
    }

    /// The scratch folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A file in the scratch folder.
    pub fn write(&self, name: &str, content: &str) -> anyhow::Result<PathBuf> {
        let path = self.folder.path().join(name);
        fs::write(&path, content).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(path)
    }

    /// Stops everything, and deletes the folder unless it is to be kept.
    pub fn strike(self, keep: bool) -> anyhow::Result<()> {
        let Self { stack, folder, .. } = self;
        stack.stop()?;
        if keep {
            println!("  Kept: {}", folder.path().display());
            return Ok(());
        }
        clear(&folder)?;
        fs::remove_dir_all(folder.path()).context("cannot delete the scratch folder")
    }
}

/// A scratch folder with nothing in it, for this run alone.
pub(crate) fn emptied(at: &Path) -> anyhow::Result<(Folder, Lock)> {
    let folder = Folder::new(Some(at.to_owned()))?;
    let Some(lock) = folder.lock()? else { bail!("another run uses {}", folder.path().display()) };
    clear(&folder)?;
    Ok((Folder::new(Some(at.to_owned()))?, lock))
}

/// Deletes what an earlier run left.
pub(crate) fn clear(folder: &Folder) -> anyhow::Result<()> {
    servers::remove(&folder.servers())?;
    for path in [folder.objects(), folder.secrets(), folder.logs()] {
        match fs::remove_dir_all(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error).context(format!("cannot delete {}", path.display()));
            }
            _ => {}
        }
    }
    Ok(())
}
