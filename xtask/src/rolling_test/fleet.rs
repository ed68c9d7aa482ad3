//! Several instances of every service behind a load balancer, and how one of them is replaced.

use super::balancer::{Backend, Balancer, NOTICED_WITHIN};
use crate::{
    bench::stage,
    folder::{Folder, Lock},
    interrupt::Interrupt,
    stack::{
        Stack,
        binaries::Binaries,
        databases,
        services::{self, SERVICES},
        state::Service,
    },
};
use anyhow::{Context as _, bail, ensure};
use servers::{Database, Installation};
use std::{
    collections::BTreeMap,
    path::Path,
    time::{Duration, Instant},
};

/// Of every service.
pub(super) const INSTANCES: usize = 2;
/// What the product promises: less than an orchestrator waits before it kills.
const STOP_WITHIN: Duration = Duration::from_secs(25);
/// Longer than the load balancer needs to notice that a gateway is not ready.
const DRAIN_SECONDS: &str = "5";
/// What is tested is whether requests get lost, not how fast a busy machine is: its latencies are shown all the same. Less than the 20 s
/// within which a service that stops finishes what it holds.
const PATIENCE: [(&str, &str); 2] = [("REQUEST_SECONDS", "15"), ("STATISTICS_SECONDS", "15")];

/// The running product.
pub(super) struct Fleet {
    // The balancer and the stack first: they have to end before another run may have the folder.
    pub balancer: Balancer,
    stack: Stack,
    pub folder: Folder,
    databases: BTreeMap<&'static str, Database>,
    _lock: Lock,
}

/// How long an instance took.
#[derive(Clone, Debug)]
pub(super) struct Replaced {
    pub name: String,
    /// From SIGTERM until it was gone.
    pub stopped: Duration,
    /// From its new start until it took requests.
    pub ready: Duration,
}

/// Who learns first that a gateway is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// The gateway, by SIGTERM; the load balancer sees that it is not ready any more.
    SignalFirst,
    /// The load balancer; the gateway gets its SIGTERM when nothing new comes.
    DrainFirst,
}

impl Fleet {
    /// Starts everything on an empty folder.
    pub fn start(
        at: &Path,
        binaries: &Binaries,
        installation: &Installation,
        interrupt: &Interrupt,
    ) -> anyhow::Result<Self> {
        let (folder, lock) = stage::emptied(at)?;
        let (mut stack, databases) = stage::bare(&folder, binaries, installation, interrupt)?;
        let mut settings = stage::SETTINGS.to_vec();
        settings.push(("DRAIN_SECONDS", DRAIN_SECONDS));
        settings.extend(PATIENCE);
        services::start_several(&mut stack, binaries, INSTANCES, &databases, &folder, &settings, interrupt)?;
        let backends: Vec<Backend> =
            stack.state.services.iter().filter(|service| is_gateway(&service.name)).map(backend).collect();
        let balancer = Balancer::start(&folder, &backends, interrupt)?;
        Ok(Self { balancer, stack, folder, databases, _lock: lock })
    }

    /// Every instance of these services (all, if none is named), in the order in which a deployment replaces them: the gateways last.
    pub fn instances(&self, of: &[String]) -> Vec<String> {
        let wanted = |service: &&&str| of.is_empty() || of.iter().any(|name| name == **service);
        let names = SERVICES.iter().filter(wanted).flat_map(|service| {
            self.stack.state.services.iter().filter(move |running| service_of(&running.name) == *service)
        });
        names.map(|service| service.name.clone()).collect()
    }

    /// Fails as soon as something that should run has ended.
    pub fn check(&mut self) -> anyhow::Result<()> {
        self.balancer.check()?;
        self.stack.check()
    }

    /// Brings the databases to the schema of other binaries, as a deployment does before it replaces anything.
    pub fn migrate(&self, binaries: &Binaries) -> anyhow::Result<()> {
        databases::migrate(binaries, &self.databases, &self.folder)
    }

    /// Stops an instance and starts it again, with the program of `binaries`.
    pub fn replace(
        &mut self,
        name: &str,
        binaries: &Binaries,
        order: Order,
        interrupt: &Interrupt,
    ) -> anyhow::Result<Replaced> {
        let running = self.stack.state.services.iter().find(|service| service.name == name);
        let before = running.with_context(|| format!("{name} does not run"))?.clone();
        let drains = is_gateway(name) && order == Order::DrainFirst;
        if drains {
            self.balancer.set(name, "drain")?;
            interrupt.pause(NOTICED_WITHIN)?;
        }
        let begin = Instant::now();
        let (status, mut launch) = self.stack.stop_service(name)?;
        let stopped = begin.elapsed();
        if !status.success() {
            bail!("{name} ended with {status} after SIGTERM (log: {})", launch.log.display());
        }
        ensure!(stopped < STOP_WITHIN, "{name} took {:.1} s to stop", stopped.as_secs_f64());
        binaries.of(service_of(name))?.clone_into(&mut launch.program);
        let begin = Instant::now();
        self.stack.start_service(Service { processes: Vec::new(), ..before }, &launch)?;
        services::wait_until_ready(&mut self.stack, None, interrupt)?;
        if is_gateway(name) {
            if drains {
                self.balancer.set(name, "ready")?;
            }
            self.balancer.wait_until_up(name, interrupt)?;
        }
        Ok(Replaced { name: name.to_owned(), stopped, ready: begin.elapsed() })
    }

    /// Stops everything.
    pub fn stop(self) -> anyhow::Result<()> {
        let Self { balancer, stack, .. } = self;
        drop(balancer);
        stack.stop()
    }
}

fn is_gateway(name: &str) -> bool {
    service_of(name) == "gateway"
}

/// `trades-2` is an instance of `trades`.
fn service_of(name: &str) -> &str {
    name.split_once('-').map_or(name, |(service, _)| service)
}

fn backend(service: &Service) -> Backend {
    Backend { name: service.name.clone(), port: service.port, admin_port: service.admin_port }
}
