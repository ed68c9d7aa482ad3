//! The entry points of a `main.rs`: run a service until a signal, migrate its database, or do an operator's command.

use crate::{
    Shutdown, postgres,
    settings::{Migration, Telemetry},
    telemetry,
};
use sqlx::migrate::Migrator;
use std::{future::Future, process::ExitCode};

/// Runs a service until SIGTERM or SIGINT. The exit code is 1 when it failed; the cause is logged.
pub fn serve<F>(name: &'static str, settings: &Telemetry, run: impl FnOnce(Shutdown) -> F) -> ExitCode
where
    F: Future<Output = anyhow::Result<()>>,
{
    execute(name, settings, async {
        let shutdown = Shutdown::on_signals()?;
        run(shutdown).await
    })
}

/// Applies `migrators` in order and tells what it did.
pub fn migrate(name: &'static str, settings: &Migration, migrators: &[&Migrator]) -> ExitCode {
    execute(name, &settings.telemetry, async {
        postgres::migrate_as_owner(settings, migrators).await?;
        tracing::info!(service = name, "database is up to date");
        Ok(())
    })
}

/// Does something that ends by itself, such as an operator's command.
pub fn run_once(
    name: &'static str,
    settings: &Telemetry,
    work: impl Future<Output = anyhow::Result<()>>,
) -> ExitCode {
    execute(name, settings, work)
}

fn execute(
    name: &'static str,
    settings: &Telemetry,
    work: impl Future<Output = anyhow::Result<()>>,
) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return complain(name, &error.into()),
    };
    let outcome = runtime.block_on(async {
        let guard = telemetry::start(name, settings)?;
        let outcome = work.await;
        if let Err(error) = &outcome {
            tracing::error!(service = name, error = format!("{error:#}"), "failed");
        }
        // The exporter's own thread needs the runtime alive while it flushes.
        tokio::task::spawn_blocking(|| guard.flush()).await?;
        outcome
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(name, &error),
    }
}

#[expect(
    clippy::print_stderr,
    reason = "the last word of a process goes to its terminal, also when logging failed"
)]
fn complain(name: &str, error: &anyhow::Error) -> ExitCode {
    eprintln!("{name}: {error:#}");
    ExitCode::FAILURE
}
