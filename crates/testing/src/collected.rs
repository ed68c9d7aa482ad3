//! What a process would tell its operators, collected by a test instead: ended spans and log lines.

use opentelemetry::trace::TracerProvider as _;
use opentelemetry_appender_tracing::layer::OpenTelemetryTracingBridge;
use opentelemetry_sdk::{
    logs::{InMemoryLogExporter, SdkLogRecord, SdkLoggerProvider},
    trace::{InMemorySpanExporter, SdkTracerProvider, SpanData},
};
use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};
use tracing_subscriber::{
    Layer as _,
    fmt::{MakeWriter, layer},
    layer::SubscriberExt as _,
    util::SubscriberInitExt as _,
};

/// Every span that ended and every line that was logged in this process since [`collect`].
pub struct Collected {
    exporter: InMemorySpanExporter,
    lines: Lines,
    records: InMemoryLogExporter,
    _providers: (SdkTracerProvider, SdkLoggerProvider),
}

/// Starts collecting: spans and log records as they would be exported, lines as JSON, both from `level` on. Once per process: nextest gives each
/// test a process of its own.
pub fn collect(level: &str) -> Collected {
    let exporter = InMemorySpanExporter::default();
    let provider = SdkTracerProvider::builder().with_simple_exporter(exporter.clone()).build();
    let spans = tracing_opentelemetry::layer().with_tracer(provider.tracer("test"));
    let records = InMemoryLogExporter::default();
    let logs = SdkLoggerProvider::builder().with_simple_exporter(records.clone()).build();
    let lines = Lines::default();
    let logged = layer().json().flatten_event(true).with_span_list(false).with_writer(lines.clone());
    let _ = tracing_subscriber::registry()
        .with(logged.with_filter(runtime::telemetry::filter(level).unwrap()))
        .with(spans.with_filter(runtime::telemetry::ours()))
        .with(OpenTelemetryTracingBridge::new(&logs).with_filter(runtime::telemetry::filter(level).unwrap()))
        .with(runtime::telemetry::SlowQueries::layer())
        .try_init();
    Collected { exporter, lines, records, _providers: (provider, logs) }
}

impl Collected {
    /// The spans that ended so far.
    pub fn ended_spans(&self) -> Vec<SpanData> {
        self.exporter.get_finished_spans().unwrap()
    }

    /// The log records that would be exported so far.
    pub fn log_records(&self) -> Vec<SdkLogRecord> {
        self.records.get_emitted_logs().unwrap().into_iter().map(|log| log.record).collect()
    }

    /// The lines that were logged so far.
    pub fn log_lines(&self) -> Vec<String> {
        let written = self.lines.0.lock().unwrap();
        String::from_utf8_lossy(&written).lines().map(str::to_owned).collect()
    }
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
