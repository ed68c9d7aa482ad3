//! The product on a folder of its own, whose services can be stopped and started while the servers go on.

use crate::{
    bench::stage,
    folder::{Folder, Lock},
    interrupt::Interrupt,
    stack::{
        Stack,
        binaries::Binaries,
        services::{self, SERVICES},
        state::Service,
    },
};
use anyhow::{Context as _, ensure};
use servers::{Installation, Launch};
use std::path::Path;

/// The running product.
pub(super) struct Site {
    // The stack first: it has to end before another run may have the folder.
    stack: Stack,
    pub folder: Folder,
    pub url: String,
    stopped: Vec<(Service, Launch)>,
    _lock: Lock,
}

impl Site {
    /// Starts everything on an empty folder.
    pub fn start(
        at: &Path,
        binaries: &Binaries,
        installation: &Installation,
        interrupt: &Interrupt,
    ) -> anyhow::Result<Self> {
        let (folder, lock) = stage::emptied(at)?;
        let (mut stack, databases) = stage::bare(&folder, binaries, installation, interrupt)?;
        let url = services::start(&mut stack, binaries, &databases, &folder, &stage::SETTINGS, interrupt)?;
        Ok(Self { stack, folder, url, stopped: Vec::new(), _lock: lock })
    }

    /// Port and password of PostgreSQL's superuser.
    pub fn superuser(&self) -> anyhow::Result<(u16, String)> {
        let postgres = &self.stack.servers()?.postgres;
        let url = postgres.admin_url();
        let login = url.split_once("://").and_then(|(_, rest)| rest.split_once('@'));
        let password = login.and_then(|(login, _)| login.split_once(':'));
        Ok((postgres.port(), password.context("the URL of PostgreSQL has no password")?.1.to_owned()))
    }

    pub fn stop_services(&mut self) -> anyhow::Result<()> {
        for name in SERVICES.iter().rev() {
            let running = self.stack.state.services.iter().find(|service| service.name == *name);
            let running = running.with_context(|| format!("{name} does not run"))?.clone();
            let (status, launch) = self.stack.stop_service(name)?;
            ensure!(status.success(), "{name} ended with {status}");
            self.stopped.push((Service { processes: Vec::new(), ..running }, launch));
        }
        Ok(())
    }

    pub fn start_services(&mut self, interrupt: &Interrupt) -> anyhow::Result<()> {
        while let Some((service, launch)) = self.stopped.pop() {
            self.stack.start_service(service, &launch)?;
        }
        services::wait_until_ready(&mut self.stack, None, interrupt)
    }

    /// Stops everything.
    pub fn stop(self) -> anyhow::Result<()> {
        self.stack.stop()
    }
}
