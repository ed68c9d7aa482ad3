//! A service in this process.

use runtime::Shutdown;
use std::future::Future;
use tokio::task::JoinHandle;

/// A service that runs until it is stopped or dropped.
pub struct Running {
    shutdown: Shutdown,
    task: Option<JoinHandle<anyhow::Result<()>>>,
}

/// Starts a service's `run(config, shutdown)`.
#[expect(clippy::disallowed_methods, reason = "a test is not a service")]
pub fn start<F>(run: impl FnOnce(Shutdown) -> F) -> Running
where
    F: Future<Output = anyhow::Result<()>> + Send + 'static,
{
    let shutdown = Shutdown::manual();
    let task = tokio::spawn(run(shutdown.clone()));
    Running { shutdown, task: Some(task) }
}

impl Running {
    /// Stops the service as SIGTERM would, and panics if it did not end well.
    pub async fn stop(mut self) {
        self.shutdown.request();
        if let Some(task) = self.task.take() {
            task.await.expect("the service panicked").expect("the service failed");
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.shutdown.request();
    }
}
