//! Logs, metrics and traces of a process.

pub mod catalog;
mod measured;
mod otlp;
mod process;
mod slow_queries;

use crate::settings::{LogFormat, Telemetry};
use anyhow::Context as _;
pub use measured::{install_metrics, render_metrics};
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_appender_tracing::layer::OpenTelemetryTracingBridge;
use otlp::Exporters;
pub(crate) use process::watch;
pub use slow_queries::{SLOW, SlowQueries};
use tracing_subscriber::{
    EnvFilter, Layer, filter::ParseError, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

/// Chatter of libraries, and what would trace the exporter with itself. Slow statements are told by [`SlowQueries`].
const QUIET: &str = "h2=warn,hyper=warn,hyper_util=warn,tonic=warn,tower=warn,lapin=warn,sqlx=warn,sqlx::query=off,\
                     opentelemetry=warn,rustls=warn,reqwest=warn,object_store=warn";

/// Keeps telemetry running; [`Guard::flush`] sends what is still held.
#[must_use]
pub struct Guard {
    exporters: Option<Exporters>,
}

impl Guard {
    /// Sends what is still held. Blocks: call it when the async work is over.
    pub fn flush(self) {
        if let Some(exporters) = self.exporters {
            exporters.shut_down();
        }
    }
}

/// Installs logging, tracing and the metrics recorder of this process. Needs a tokio runtime for the exporters.
pub fn start(service: &'static str, settings: &Telemetry) -> anyhow::Result<Guard> {
    let exporters = settings
        .collector()
        .map(|url| Exporters::connect(url, otlp::resource(service, &settings.environment)))
        .transpose()
        .context("OTEL_EXPORTER_OTLP_ENDPOINT is not usable")?;
    let filter = || filter(&settings.log).context("RUST_LOG is malformed");
    let lines = match settings.log_format {
        LogFormat::Json => {
            tracing_subscriber::fmt::layer().json().flatten_event(true).with_span_list(false).boxed()
        }
        LogFormat::Text => tracing_subscriber::fmt::layer().boxed(),
    };
    let traces =
        exporters.as_ref().map(|all| tracing_opentelemetry::layer().with_tracer(all.traces.tracer(service)));
    let records = exporters.as_ref().map(|all| OpenTelemetryTracingBridge::new(&all.logs));
    tracing_subscriber::registry()
        .with(lines.with_filter(filter()?))
        .with(traces.with_filter(ours()))
        .with(records.with_filter(filter()?))
        .with(SlowQueries::layer())
        .try_init()?;
    match &exporters {
        Some(exporters) => measured::install_with(&exporters.metrics)?,
        None => install_metrics()?,
    }
    Ok(Guard { exporters })
}

/// Which lines are logged: what `log` asks for (as `RUST_LOG` writes it), with the libraries' chatter left out unless it is named.
pub fn filter(log: &str) -> Result<EnvFilter, ParseError> {
    EnvFilter::builder().parse(format!("{QUIET},{log}"))
}

/// Only our own spans are traced: a library's would double each of them.
pub fn ours() -> tracing_subscriber::filter::Targets {
    let crates = ["runtime", "events", "identity", "auth", "trades", "analytics", "notifications", "gateway"];
    tracing_subscriber::filter::Targets::new()
        .with_targets(crates.map(|name| (name, tracing::level_filters::LevelFilter::INFO)))
}
