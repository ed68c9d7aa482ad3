//! The whole stack as child processes of this one: three servers, five services.

pub(crate) mod another;
pub(crate) mod binaries;
pub(crate) mod databases;
pub(crate) mod process;
pub(crate) mod services;
pub(crate) mod state;

use crate::{folder::Folder, interrupt::Interrupt, progress::Step};
use anyhow::{Context as _, bail};
use process::Process;
use servers::{Installation, Launch, Postgres, RabbitMq, Redis, Servers, Settings, Supervised};
use state::{Server, Service, State};
use std::{process::ExitStatus, sync::mpsc, thread, time::Duration};

/// What runs. Dropping it stops everything, services first.
#[derive(Debug)]
pub(crate) struct Stack {
    services: Vec<Running>,
    servers: Option<Servers>,
    /// As other commands read it.
    pub state: State,
    folder: Folder,
}

/// An instance of a service, and how it was started.
#[derive(Debug)]
struct Running {
    launch: Launch,
    process: Supervised,
}

impl Stack {
    /// A stack in which nothing runs yet.
    pub fn new(folder: &Folder) -> anyhow::Result<Self> {
        let state = State::new(Process::this()?);
        state.save(folder)?;
        Ok(Self { services: Vec::new(), servers: None, state, folder: folder.clone() })
    }

    /// Starts PostgreSQL, RabbitMQ and Redis side by side.
    pub fn start_servers(
        &mut self,
        installation: &Installation,
        interrupt: &Interrupt,
    ) -> anyhow::Result<()> {
        let step = Step::begin("Starting PostgreSQL, RabbitMQ and Redis");
        let mut servers = start_side_by_side(installation, &Settings::lasting(self.folder.servers()), &step)?;
        self.state.servers = vec![
            Server::of("postgres", servers.postgres.port(), servers.postgres.process()),
            Server::of("rabbitmq", servers.rabbitmq.port(), servers.rabbitmq.process()),
            Server::of("redis", servers.redis.port(), servers.redis.process()),
        ];
        self.servers = Some(servers);
        step.vanish();
        self.save_state()?;
        interrupt.check()
    }

    /// The running servers.
    pub fn servers(&self) -> anyhow::Result<&Servers> {
        self.servers.as_ref().context("the servers do not run")
    }

    /// Starts a service. It may take a while until it is ready.
    pub fn start_service(&mut self, service: Service, launch: &Launch) -> anyhow::Result<()> {
        let process = launch.start()?;
        self.state.services.push(Service { processes: Process::all(&process.pids()), ..service });
        self.services.push(Running { launch: launch.clone(), process });
        self.save_state()
    }

    /// How a service was started.
    pub fn launch(&self, name: &str) -> anyhow::Result<&Launch> {
        let found = self.services.iter().find(|running| running.launch.name == name);
        Ok(&found.with_context(|| format!("{name} does not run"))?.launch)
    }

    /// Stops one service by SIGTERM and tells how it ended, and how it was started.
    pub fn stop_service(&mut self, name: &str) -> anyhow::Result<(ExitStatus, Launch)> {
        let found = self.services.iter().position(|running| running.launch.name == name);
        let running = self.services.remove(found.with_context(|| format!("{name} does not run"))?);
        self.state.services.retain(|service| service.name != name);
        self.save_state()?;
        Ok((running.process.stop_and_tell()?, running.launch))
    }

    /// Lets other commands see the state as it is now.
    pub fn save_state(&self) -> anyhow::Result<()> {
        self.state.save(&self.folder)
    }

    /// Fails as soon as something that should run has ended.
    pub fn check(&mut self) -> anyhow::Result<()> {
        for Running { launch, process } in &mut self.services {
            fail_if_ended(&launch.name, process)?;
        }
        if let Some(servers) = &mut self.servers {
            fail_if_ended("PostgreSQL", servers.postgres.process())?;
            fail_if_ended("RabbitMQ", servers.rabbitmq.process())?;
            fail_if_ended("Redis", servers.redis.process())?;
        }
        Ok(())
    }

    /// Stays until a stop is requested; fails when something ends before. Calls `meanwhile` again and again.
    pub fn watch(&mut self, interrupt: &Interrupt, mut meanwhile: impl FnMut()) -> anyhow::Result<()> {
        while !interrupt.is_requested() {
            self.check()?;
            meanwhile();
            thread::sleep(Duration::from_millis(200));
        }
        Ok(())
    }

    /// Stops everything.
    pub fn stop(mut self) -> anyhow::Result<()> {
        self.finish()
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        if self.services.is_empty() && self.servers.is_none() {
            return State::remove(&self.folder);
        }
        let step = Step::begin("Stopping");
        let services = std::mem::take(&mut self.services);
        let mut outcome = Ok(());
        for stopped in side_by_side(services, |running| running.process.stop()) {
            outcome = outcome.and(stopped);
        }
        if let Some(servers) = self.servers.take() {
            outcome = outcome.and(servers.stop());
        }
        outcome?;
        State::remove(&self.folder)?;
        step.done("Stopped; data stays until `cargo dev reset`");
        Ok(())
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        if let Err(error) = self.finish() {
            eprintln!("error: {error:#}");
        }
    }
}

fn fail_if_ended(name: &str, process: &mut Supervised) -> anyhow::Result<()> {
    let Some(status) = process.ended() else { return Ok(()) };
    bail!("{name} ended ({status}): {} (log: {})", process.last_words(), process.log().display());
}

/// Like [`Servers::start`], telling of each server as soon as it is ready.
fn start_side_by_side(
    installation: &Installation,
    settings: &Settings,
    step: &Step,
) -> Result<Servers, servers::Error> {
    let (ready, told) = mpsc::channel();
    thread::scope(|scope| {
        let tell = ready.clone();
        let postgres = scope.spawn(move || {
            let started = Postgres::start(&installation.postgres, settings)?;
            let _ = tell.send(format!("PostgreSQL on port {}", started.port()));
            Ok(started)
        });
        let tell = ready.clone();
        let rabbitmq = scope.spawn(move || {
            let started = RabbitMq::start(&installation.rabbitmq, settings)?;
            let _ = tell.send(format!("RabbitMQ on port {}", started.port()));
            Ok(started)
        });
        let tell = ready;
        let redis = scope.spawn(move || {
            let started = Redis::start(&installation.redis, settings)?;
            let _ = tell.send(format!("Redis on port {}", started.port()));
            Ok(started)
        });
        for what in told {
            step.part(&what);
        }
        let (postgres, rabbitmq, redis) = (joined(postgres), joined(rabbitmq), joined(redis));
        Ok(Servers { postgres: postgres?, rabbitmq: rabbitmq?, redis: redis? })
    })
}

/// Applies `work` to each item in a thread of its own; results in the items' order.
pub(crate) fn side_by_side<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = items.into_iter().map(|item| scope.spawn(move || work(item))).collect();
        threads.into_iter().map(joined).collect()
    })
}

fn joined<T>(thread: thread::ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
