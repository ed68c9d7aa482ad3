//! Alive, ready and measured: what load balancers, operators and Prometheus ask a process.

use crate::{Listen, Service, telemetry};
use axum::{Json, Router, extract::State, routing::get};
use futures_util::future;
use http::StatusCode;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    future::Future,
    pin::Pin,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

const CHECK_DEADLINE: Duration = Duration::from_secs(1);

type Check = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send>> + Send + Sync>;

#[derive(Clone)]
struct Dependency {
    name: &'static str,
    need: Need,
    check: Check,
}

/// What became of looking at a dependency.
struct Look {
    state: &'static str,
    /// For the service to do its work.
    is_enough: bool,
}

impl Dependency {
    async fn look(&self) -> Look {
        let cause = match tokio::time::timeout(CHECK_DEADLINE, (self.check)()).await {
            Ok(Ok(())) => {
                self.need.met();
                return Look { state: "ok", is_enough: true };
            }
            Ok(Err(error)) => format!("{error:#}"),
            Err(_) => "no answer within a second".to_owned(),
        };
        tracing::warn!(dependency = self.name, cause, "dependency is not available");
        let is_pressing = self.need.is_pressing();
        Look { state: if is_pressing { "unavailable" } else { "degraded" }, is_enough: !is_pressing }
    }
}

/// When a service is useless without a dependency.
#[derive(Clone)]
enum Need {
    Always,
    /// Until it was there once, which this remembers.
    AtStart(Arc<AtomicBool>),
    Never,
}

impl Need {
    /// The dependency is there.
    fn met(&self) {
        if let Self::AtStart(seen) = self {
            seen.store(true, Ordering::Relaxed);
        }
    }

    fn is_pressing(&self) -> bool {
        match self {
            Self::Always => true,
            Self::AtStart(seen) => !seen.load(Ordering::Relaxed),
            Self::Never => false,
        }
    }
}

/// What a service needs to be useful. Clones share the state.
#[derive(Clone)]
pub struct Readiness {
    service: &'static str,
    started: Instant,
    stopping: Arc<AtomicBool>,
    dependencies: Arc<RwLock<Vec<Dependency>>>,
}

impl Readiness {
    pub(crate) fn new(service: &'static str) -> Self {
        Self { service, started: Instant::now(), stopping: Arc::default(), dependencies: Arc::default() }
    }

    /// Without this dependency the service is not ready.
    pub fn require<F, Fut>(&self, name: &'static str, check: F)
    where
        F: Fn() -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        self.add(name, Need::Always, check);
    }

    /// Without this dependency the service does not start its work. Once it was there, its absence is only reported: all instances
    /// miss it alike, and what does not need it still works.
    pub fn require_at_start<F, Fut>(&self, name: &'static str, check: F)
    where
        F: Fn() -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        self.add(name, Need::AtStart(Arc::default()), check);
    }

    /// Without this dependency the service still works, degraded: it is only reported.
    pub fn report<F, Fut>(&self, name: &'static str, check: F)
    where
        F: Fn() -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        self.add(name, Need::Never, check);
    }

    fn add<F, Fut>(&self, name: &'static str, need: Need, check: F)
    where
        F: Fn() -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        let check: Check = Arc::new(move || Box::pin(check()));
        let dependency = Dependency { name, need, check };
        self.dependencies.write().unwrap_or_else(PoisonError::into_inner).push(dependency);
    }

    pub(crate) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// True from the request to stop on.
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// The body of `/health`: alive, which version, for how long.
    pub fn health(&self) -> Value {
        json!({
            "status": "ok",
            "service": self.service,
            "version": env!("CARGO_PKG_VERSION"),
            "uptime_seconds": self.started.elapsed().as_secs(),
        })
    }

    /// Status and body of `/ready`: every dependency by name, 503 when a required one is missing or a stop began.
    /// Causes are logged, not shown.
    pub async fn ready(&self) -> (StatusCode, Value) {
        let dependencies = self.dependencies.read().unwrap_or_else(PoisonError::into_inner).clone();
        // All at once: whoever asks waits for the slowest, and not for all of them in turn.
        let looks = future::join_all(dependencies.iter().map(Dependency::look)).await;
        let names = dependencies.iter().map(|dependency| dependency.name);
        let states: BTreeMap<_, _> = names.zip(looks.iter().map(|look| look.state)).collect();
        let ready = !self.is_stopping() && looks.iter().all(|look| look.is_enough);
        let summary = if self.is_stopping() {
            "stopping"
        } else if ready {
            "ready"
        } else {
            "not ready"
        };
        let code = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
        (code, json!({ "status": summary, "dependencies": states }))
    }
}

/// Serves `/health`, `/ready` and `/metrics` on the private admin address, to the very end of the process.
pub fn serve_admin(service: &mut Service, listen: &Listen) -> anyhow::Result<()> {
    let listener = listen.bind()?;
    let stopping = service.stopping();
    let router = Router::new()
        .route("/health", get(|State(readiness): State<Readiness>| async move { Json(readiness.health()) }))
        .route("/ready", get(ready))
        .route("/metrics", get(|| async { telemetry::render_metrics() }))
        .with_state(service.readiness().clone());
    service.spawn("process", telemetry::watch(service.name(), service.stopping()));
    service.spawn("admin", async move {
        axum::serve(listener, router).with_graceful_shutdown(stopping.cancelled_owned()).await?;
        Ok(())
    });
    Ok(())
}

async fn ready(State(readiness): State<Readiness>) -> (StatusCode, Json<Value>) {
    let (status, body) = readiness.ready().await;
    (status, Json(body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::bail;

    #[tokio::test]
    async fn a_missing_required_dependency_is_not_ready() {
        let readiness = Readiness::new("test");
        readiness.require("postgres", || async { bail!("password=secret refused") });

        let (status, body) = readiness.ready().await;

        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(body, json!({"status": "not ready", "dependencies": {"postgres": "unavailable"}}));
    }

    #[tokio::test]
    async fn a_missing_optional_dependency_is_only_reported() {
        let readiness = Readiness::new("test");
        readiness.report("redis", || async { bail!("gone") });

        let (status, body) = readiness.ready().await;

        assert_eq!(status, StatusCode::OK);
        assert_eq!(body, json!({"status": "ready", "dependencies": {"redis": "degraded"}}));
    }

    #[tokio::test]
    async fn what_was_there_once_is_only_reported_when_it_goes() {
        let readiness = Readiness::new("test");
        let there = Arc::new(AtomicBool::new(false));
        let look = Arc::clone(&there);
        readiness.require_at_start("trades", move || {
            let there = look.load(Ordering::Relaxed);
            async move { if there { Ok(()) } else { bail!("gone") } }
        });
        assert_eq!(readiness.ready().await.0, StatusCode::SERVICE_UNAVAILABLE);
        there.store(true, Ordering::Relaxed);
        assert_eq!(readiness.ready().await.0, StatusCode::OK);
        there.store(false, Ordering::Relaxed);

        let (status, body) = readiness.ready().await;

        assert_eq!(status, StatusCode::OK);
        assert_eq!(body, json!({"status": "ready", "dependencies": {"trades": "degraded"}}));
    }

    #[tokio::test]
    async fn two_dependencies_that_hang_are_waited_for_at_once() {
        let readiness = Readiness::new("test");
        readiness.require("postgres", std::future::pending);
        readiness.report("redis", std::future::pending);
        let started = Instant::now();

        let (status, body) = readiness.ready().await;

        assert!(started.elapsed() < CHECK_DEADLINE * 2, "{:?}", started.elapsed());
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        let dependencies = json!({"postgres": "unavailable", "redis": "degraded"});
        assert_eq!(body, json!({"status": "not ready", "dependencies": dependencies}));
    }

    #[tokio::test]
    async fn a_stopping_process_is_not_ready() {
        let readiness = Readiness::new("test");
        readiness.stop();

        assert_eq!(readiness.ready().await.0, StatusCode::SERVICE_UNAVAILABLE);
    }
}
