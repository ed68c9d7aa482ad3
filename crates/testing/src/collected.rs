//! Spans that a test collects instead of sending them to a collector.

use opentelemetry::trace::TracerProvider as _;
use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider, SpanData};
use tracing_subscriber::{Layer as _, layer::SubscriberExt as _, util::SubscriberInitExt as _};

/// Every span that ended in this process since [`collect_spans`].
pub struct CollectedSpans {
    exporter: InMemorySpanExporter,
    _provider: SdkTracerProvider,
}

/// Starts collecting. Once per process: nextest gives each test a process of its own.
pub fn collect_spans() -> CollectedSpans {
    let exporter = InMemorySpanExporter::default();
    let provider = SdkTracerProvider::builder().with_simple_exporter(exporter.clone()).build();
    let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("test"));
    let _ = tracing_subscriber::registry().with(layer.with_filter(runtime::telemetry::ours())).try_init();
    CollectedSpans { exporter, _provider: provider }
}

impl CollectedSpans {
    /// The spans that ended so far.
    pub fn ended(&self) -> Vec<SpanData> {
        self.exporter.get_finished_spans().unwrap()
    }
}
