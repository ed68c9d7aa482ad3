//! Traces, metrics and logs on their way to a collector, by OTLP.

use anyhow::Context as _;
use opentelemetry::KeyValue;
use opentelemetry_otlp::{LogExporter, MetricExporter, SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::{
    Resource,
    logs::SdkLoggerProvider,
    metrics::{PeriodicReader, SdkMeterProvider},
    trace::SdkTracerProvider,
};
use std::time::Duration;
use uuid::Uuid;

/// How often metrics are sent: as often as Prometheus usually looks.
const EVERY: Duration = Duration::from_secs(15);

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

    /// Sends what is still held, the logs last: the others may have something to say.
    pub fn shut_down(self) {
        for (what, outcome) in [
            ("traces", self.traces.shutdown()),
            ("metrics", self.metrics.shutdown()),
            ("logs", self.logs.shutdown()),
        ] {
            if let Err(error) = outcome {
                tracing::warn!(what, %error, "the last telemetry was not sent");
            }
        }
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
