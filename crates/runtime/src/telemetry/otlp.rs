//! Traces, metrics and logs on their way to a collector, by OTLP.

use anyhow::Context as _;
use opentelemetry::KeyValue;
use opentelemetry_otlp::{LogExporter, MetricExporter, SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::{
    Resource,
    error::OTelSdkResult,
    logs::SdkLoggerProvider,
    metrics::{PeriodicReader, SdkMeterProvider},
    trace::SdkTracerProvider,
};
use std::{
    collections::BTreeSet,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};
use uuid::Uuid;

/// How often metrics are sent: as often as Prometheus usually looks.
const EVERY: Duration = Duration::from_secs(15);

/// How long a stop waits for traces and metrics, and then for logs: a collector that hangs must not use up the time that a stop has.
const PATIENCE: Duration = Duration::from_secs(1);

/// What is exported, each from a thread of its own.
pub(super) struct Exporters {
    pub traces: SdkTracerProvider,
    pub metrics: SdkMeterProvider,
    pub logs: SdkLoggerProvider,
}

impl Exporters {
    /// To the collector at `url`, over gRPC. Connects when there is something to send.
    pub fn connect(url: &str, resource: Resource) -> anyhow::Result<Self> {
        let spans = SpanExporter::builder().with_tonic().with_endpoint(url).build().context("traces")?;
        let metrics = MetricExporter::builder().with_tonic().with_endpoint(url).build().context("metrics")?;
        let logs = LogExporter::builder().with_tonic().with_endpoint(url).build().context("logs")?;
        let reader = PeriodicReader::builder(metrics).with_interval(EVERY).build();
        Ok(Self {
            traces: SdkTracerProvider::builder()
                .with_batch_exporter(spans)
                .with_resource(resource.clone())
                .build(),
            metrics: SdkMeterProvider::builder().with_reader(reader).with_resource(resource.clone()).build(),
            logs: SdkLoggerProvider::builder().with_batch_exporter(logs).with_resource(resource).build(),
        })
    }

    /// Sends what is still held, the logs last: the others may have something to say. Takes twice [`PATIENCE`] at most.
    pub fn shut_down(self) {
        let Self { traces, metrics, logs } = self;
        at_once([
            ("traces", Box::new(move || traces.shutdown_with_timeout(PATIENCE))),
            ("metrics", Box::new(move || metrics.shutdown_with_timeout(PATIENCE))),
        ]);
        at_once([("logs", Box::new(move || logs.shutdown_with_timeout(PATIENCE)))]);
    }
}

type Shutdown = Box<dyn FnOnce() -> OTelSdkResult + Send>;

/// Waits for [`PATIENCE`] at most, each in a thread of its own: OpenTelemetry's time-outs are not all ours to set. What is not done by
/// then ends with the process.
fn at_once<const N: usize>(shutdowns: [(&'static str, Shutdown); N]) {
    let give_up = Instant::now() + PATIENCE;
    let mut unheard: BTreeSet<_> = shutdowns.iter().map(|(what, _)| *what).collect();
    let (tell, told) = mpsc::channel();
    for (what, shut_down) in shutdowns {
        let tell = tell.clone();
        thread::spawn(move || tell.send((what, shut_down())));
    }
    drop(tell);
    while let Ok((what, outcome)) = told.recv_timeout(give_up.saturating_duration_since(Instant::now())) {
        unheard.remove(what);
        if let Err(error) = outcome {
            tracing::warn!(what, %error, "the last telemetry was not sent");
        }
    }
    for what in unheard {
        tracing::warn!(what, error = "the collector does not answer", "the last telemetry was not sent");
    }
}

/// Who tells, as OpenTelemetry's semantic conventions name it. `OTEL_RESOURCE_ATTRIBUTES` may add to it.
pub(super) fn resource(service: &'static str, environment: &str) -> Resource {
    Resource::builder()
        .with_service_name(service)
        .with_attributes([
            KeyValue::new("service.namespace", "trading-journal"),
            KeyValue::new("service.version", env!("CARGO_PKG_VERSION")),
            KeyValue::new("service.instance.id", Uuid::now_v7().to_string()),
            KeyValue::new("deployment.environment.name", environment.to_owned()),
        ])
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use opentelemetry::Key;

    #[test]
    fn a_process_says_which_service_version_instance_and_environment_it_is() {
        let (one, other) = (resource("trades", "staging"), resource("trades", "staging"));

        let of = |key: &'static str| one.get(&Key::new(key)).unwrap().to_string();
        assert_eq!(of("service.name"), "trades");
        assert_eq!(of("service.namespace"), "trading-journal");
        assert_eq!(of("service.version"), env!("CARGO_PKG_VERSION"));
        assert_eq!(of("deployment.environment.name"), "staging");
        let instance = Key::new("service.instance.id");
        assert_ne!(one.get(&instance), other.get(&instance));
    }
}
