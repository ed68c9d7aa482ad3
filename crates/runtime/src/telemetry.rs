//! Logs, metrics and traces of a process.

use crate::settings::{LogFormat, Telemetry};
use anyhow::Context as _;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::{SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use std::sync::OnceLock;
use tracing_subscriber::{
    EnvFilter, Layer, filter::ParseError, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

static METRICS: OnceLock<PrometheusHandle> = OnceLock::new();

/// Chatter of libraries, and what would trace the exporter with itself.
const QUIET: &str = "h2=warn,hyper=warn,hyper_util=warn,tonic=warn,tower=warn,lapin=warn,sqlx=warn,opentelemetry=warn,\
                     rustls=warn,reqwest=warn,object_store=warn";

/// Keeps telemetry running; [`Guard::flush`] sends what is still held.
#[must_use]
pub struct Guard {
    provider: Option<SdkTracerProvider>,
}

impl Guard {
    /// Sends the spans still held. Blocks: call it when the async work is over.
    pub fn flush(self) {
        if let Some(provider) = self.provider
            && let Err(error) = provider.shutdown()
        {
            tracing::warn!(%error, "the last traces were not sent");
        }
    }
}

/// Installs logging, tracing and the metrics recorder of this process. Needs a tokio runtime for the exporter.
pub fn start(service: &'static str, settings: &Telemetry) -> anyhow::Result<Guard> {
    let provider =
        settings.otlp_endpoint.as_deref().map(|url| exporting_provider(service, url)).transpose()?;
    let filter = filter(&settings.log).context("RUST_LOG is malformed")?;
    let lines = match settings.log_format {
        LogFormat::Json => {
            tracing_subscriber::fmt::layer().json().flatten_event(true).with_span_list(false).boxed()
        }
        LogFormat::Text => tracing_subscriber::fmt::layer().boxed(),
    };
    let traces = provider.as_ref().map(|p| tracing_opentelemetry::layer().with_tracer(p.tracer(service)));
    tracing_subscriber::registry()
        .with(lines.with_filter(filter))
        .with(traces.with_filter(ours()))
        .try_init()?;
    install_metrics()?;
    Ok(Guard { provider })
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

fn exporting_provider(service: &'static str, url: &str) -> anyhow::Result<SdkTracerProvider> {
    let exporter = SpanExporter::builder()
        .with_tonic()
        .with_endpoint(url)
        .build()
        .context("OTEL_EXPORTER_OTLP_ENDPOINT is not usable")?;
    let resource = Resource::builder().with_service_name(service).build();
    Ok(SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build())
}

/// Installs the Prometheus recorder once per process; later calls find it there.
pub fn install_metrics() -> anyhow::Result<()> {
    if METRICS.get().is_some() {
        return Ok(());
    }
    let seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];
    let builder =
        PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &seconds)?;
    // Two services of one test may race here: the loser uses the winner's.
    if let Ok(handle) = builder.install_recorder() {
        let _ = METRICS.set(handle);
    }
    Ok(())
}

/// Everything measured so far in Prometheus' text format.
pub fn render_metrics() -> String {
    METRICS
        .get()
        .map(|handle| {
            handle.run_upkeep();
            handle.render()
        })
        .unwrap_or_default()
}
