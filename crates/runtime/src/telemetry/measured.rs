//! What is measured: kept for `/metrics`, and handed to OpenTelemetry where a collector wants it.

use super::catalog::{self, Kind, METRICS};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder};
use metrics_opentelemetry::{OpenTelemetryMetrics, OpenTelemetryRecorder};
use metrics_util::layers::FanoutBuilder;
use opentelemetry::metrics::MeterProvider as _;
use opentelemetry_sdk::metrics::SdkMeterProvider;
use std::sync::OnceLock;

static METRICS_TEXT: OnceLock<PrometheusHandle> = OnceLock::new();

/// Upper bounds of all histograms, in seconds: the promises (200 ms, 5 s) are among them.
const BOUNDS: [f64; 16] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0];

/// Installs the recorder for `/metrics` once per process; later calls find it there.
pub fn install_metrics() -> anyhow::Result<()> {
    if METRICS_TEXT.get().is_some() {
        return Ok(());
    }
    let text = recorder()?;
    let handle = text.handle();
    // Two services of one test may race here: the loser uses the winner's.
    if metrics::set_global_recorder(text).is_ok() {
        announce(handle);
    }
    Ok(())
}

/// Installs recorders for `/metrics` and for `exported`.
pub(super) fn install_with(exported: &SdkMeterProvider) -> anyhow::Result<()> {
    let text = recorder()?;
    let handle = text.handle();
    let mut otel = OpenTelemetryRecorder::new(OpenTelemetryMetrics::new(exported.meter("trading-journal")));
    otel.set_histogram_bounds_mut(histograms(), &BOUNDS);
    let both = FanoutBuilder::default().add_recorder(text).add_recorder(otel).build();
    if metrics::set_global_recorder(both).is_ok() {
        announce(handle);
    }
    Ok(())
}

fn announce(handle: PrometheusHandle) {
    let _ = METRICS_TEXT.set(handle);
    catalog::describe_all();
}

fn recorder() -> anyhow::Result<PrometheusRecorder> {
    let mut builder = PrometheusBuilder::new().with_recommended_naming(true);
    for name in histograms() {
        builder = builder.set_buckets_for_metric(Matcher::Full(name.to_owned()), &BOUNDS)?;
    }
    Ok(builder.build_recorder())
}

fn histograms() -> impl Iterator<Item = &'static str> {
    METRICS.iter().filter(|metric| metric.kind == Kind::Histogram).map(|metric| metric.name)
}

/// Sorts what was recorded of late into histograms. Without it they would grow for as long as nobody reads `/metrics`.
pub(super) fn tidy_up() {
    if let Some(handle) = METRICS_TEXT.get() {
        handle.run_upkeep();
    }
}

/// Everything measured so far in Prometheus' text format.
pub fn render_metrics() -> String {
    METRICS_TEXT
        .get()
        .map(|handle| {
            handle.run_upkeep();
            handle.render()
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use opentelemetry_sdk::metrics::{
        InMemoryMetricExporter, PeriodicReader,
        data::{ResourceMetrics, ScopeMetrics},
    };
    use std::collections::BTreeSet;

    #[test]
    fn what_is_measured_is_read_and_exported_under_one_name() {
        let exporter = InMemoryMetricExporter::default();
        let reader = PeriodicReader::builder(exporter.clone()).build();
        let provider = SdkMeterProvider::builder().with_reader(reader).build();
        install_with(&provider).unwrap();

        metrics::counter!("auth.logins", "outcome" => "accepted").increment(2);
        metrics::gauge!("outbox.oldest").set(1.5);
        metrics::gauge!("process.memory.usage").set(1024.0);
        metrics::histogram!("http.server.request.duration", "http.route" => "/v1/trades").record(0.15);

        let text = render_metrics();
        for line in [
            "# HELP auth_logins_total Sign-ins: accepted or refused",
            "auth_logins_total{outcome=\"accepted\"} 2",
            "outbox_oldest_seconds 1.5",
            "process_memory_usage_bytes 1024",
            "http_server_request_duration_seconds_bucket{http_route=\"/v1/trades\",le=\"0.2\"} 1",
            "http_server_request_duration_seconds_bucket{http_route=\"/v1/trades\",le=\"0.1\"} 0",
        ] {
            assert!(text.contains(line), "{line} is not in\n{text}");
        }
        provider.force_flush().unwrap();
        let sent = exporter.get_finished_metrics().unwrap();
        let sent: BTreeSet<(&str, &str)> = sent
            .iter()
            .flat_map(ResourceMetrics::scope_metrics)
            .flat_map(ScopeMetrics::metrics)
            .map(|metric| (metric.name(), metric.unit()))
            .collect();
        let expected = [
            ("auth.logins", ""),
            ("http.server.request.duration", "s"),
            ("outbox.oldest", "s"),
            ("process.memory.usage", "By"),
        ];
        assert_eq!(sent, expected.into());
    }

    #[test]
    fn no_name_in_prometheus_stands_for_two() {
        let names: BTreeSet<String> = METRICS.iter().map(catalog::Metric::prometheus_name).collect();

        assert_eq!(names.len(), METRICS.len());
    }
}
