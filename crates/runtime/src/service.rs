//! The life of a process: tasks that start together, and stop together in order and in time.

use crate::{health::Readiness, secrets::Secrets, settings};
use anyhow::{Context as _, bail};
use std::{future::Future, time::Duration};
use tokio::{signal::unix, task::JoinSet};
use tokio_util::sync::CancellationToken;

/// From the request to stop until the process gives up waiting: less than any orchestrator's kill.
const STOP_DEADLINE: Duration = Duration::from_secs(20);

/// The request to stop, from a signal or from a test.
#[derive(Clone, Debug, Default)]
pub struct Shutdown {
    token: CancellationToken,
}

impl Shutdown {
    /// Stops only when [`Shutdown::request`] is called.
    pub fn manual() -> Self {
        Self::default()
    }

    /// Stops on SIGTERM or SIGINT.
    pub fn on_signals() -> anyhow::Result<Self> {
        let shutdown = Self::default();
        let mut terminate = unix::signal(unix::SignalKind::terminate()).context("cannot watch SIGTERM")?;
        let mut interrupt = unix::signal(unix::SignalKind::interrupt()).context("cannot watch SIGINT")?;
        let token = shutdown.token.clone();
        #[expect(clippy::disallowed_methods, reason = "it must outlive every task of the service")]
        tokio::spawn(async move {
            tokio::select! {
                _ = terminate.recv() => tracing::info!("SIGTERM: stopping"),
                _ = interrupt.recv() => tracing::info!("SIGINT: stopping"),
            }
            token.cancel();
        });
        Ok(shutdown)
    }

    /// Asks the service to stop. Asking twice is fine.
    pub fn request(&self) {
        self.token.cancel();
    }

    /// Waits until a stop is requested.
    pub async fn requested(&self) {
        self.token.cancelled().await;
    }
}

/// The tasks of one running service. A task that ends on its own ends the service.
pub struct Service {
    name: &'static str,
    tasks: JoinSet<(&'static str, anyhow::Result<()>)>,
    /// Names of the tasks that have not ended.
    running: Vec<&'static str>,
    stopping: CancellationToken,
    shutdown: Shutdown,
    readiness: Readiness,
    secrets: Secrets,
    drain: Duration,
}

impl Service {
    /// A service without tasks yet.
    pub fn new(name: &'static str, shutdown: Shutdown, settings: &settings::Admin) -> Self {
        Self {
            name,
            tasks: JoinSet::new(),
            running: Vec::new(),
            stopping: CancellationToken::new(),
            shutdown,
            readiness: Readiness::new(name),
            secrets: Secrets::new(&settings.secrets),
            drain: settings.drain,
        }
    }

    /// What it is called, by others too.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Cancelled when tasks must finish what they hold and end.
    pub fn stopping(&self) -> CancellationToken {
        self.stopping.clone()
    }

    /// What `/ready` answers.
    pub fn readiness(&self) -> &Readiness {
        &self.readiness
    }

    /// Where secrets are looked for that are given by their ARN.
    pub fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// Starts a task that runs until [`Service::stopping`] is cancelled. Ending earlier, or with an error, stops the
    /// service.
    pub fn spawn(
        &mut self,
        name: &'static str,
        task: impl Future<Output = anyhow::Result<()>> + Send + 'static,
    ) {
        self.running.push(name);
        self.tasks.spawn(async move { (name, task.await) });
    }

    /// Runs until a stop is requested or a task ends, then stops every task, within 20 s after the drain.
    pub async fn run(mut self) -> anyhow::Result<()> {
        tracing::info!(service = self.name, "started");
        let shutdown = self.shutdown.clone();
        let first = tokio::select! {
            () = shutdown.requested() => None,
            ended = self.tasks.join_next() => ended,
        };
        self.readiness.stop();
        if first.is_none() {
            tokio::time::sleep(self.drain).await;
        }
        self.stopping.cancel();
        let early = match first {
            None => Ok(()),
            Some(Ok((task, Ok(())))) => Err(anyhow::anyhow!("task {task} ended unexpectedly")),
            Some(Ok((task, Err(error)))) => Err(error.context(format!("task {task} failed"))),
            Some(Err(error)) => Err(anyhow::Error::new(error).context("a task panicked")),
        };
        let rest = self.finish().await;
        tracing::info!(service = self.name, "stopped");
        early.and(rest)
    }

    async fn finish(&mut self) -> anyhow::Result<()> {
        let all = async {
            let mut outcome = Ok(());
            while let Some(ended) = self.tasks.join_next().await {
                let (task, result) = ended.context("a task panicked while stopping")?;
                self.running.retain(|running| *running != task);
                if let Err(error) = result {
                    outcome = Err(error.context(format!("task {task} failed while stopping")));
                }
            }
            outcome
        };
        if let Ok(outcome) = tokio::time::timeout(STOP_DEADLINE, all).await {
            return outcome;
        }
        let (running, seconds) = (self.running.join(", "), STOP_DEADLINE.as_secs());
        bail!("tasks were still running {seconds} s after the stop: {running}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Listen, settings::SecretsManager};

    fn admin() -> settings::Admin {
        let admin_address = Listen::on_free_port().unwrap();
        settings::Admin { admin_address, drain: Duration::ZERO, secrets: SecretsManager::default() }
    }

    #[tokio::test]
    async fn a_task_that_fails_stops_the_others_and_the_service() {
        let mut service = Service::new("test", Shutdown::manual(), &admin());
        let stopping = service.stopping();
        service.spawn("waits", async move {
            stopping.cancelled().await;
            Ok(())
        });
        service.spawn("fails", async { bail!("disk full") });

        let error = service.run().await.unwrap_err();

        assert_eq!(format!("{error:#}"), "task fails failed: disk full");
    }

    #[tokio::test]
    async fn a_requested_stop_ends_well() {
        let shutdown = Shutdown::manual();
        let mut service = Service::new("test", shutdown.clone(), &admin());
        let stopping = service.stopping();
        service.spawn("waits", async move {
            stopping.cancelled().await;
            Ok(())
        });

        shutdown.request();

        service.run().await.unwrap();
    }
}
