//! What a collector receives from a process.

use opentelemetry_proto::tonic::{
    collector::{
        logs::v1::{
            ExportLogsServiceRequest, ExportLogsServiceResponse,
            logs_service_server::{LogsService, LogsServiceServer},
        },
        metrics::v1::{
            ExportMetricsServiceRequest, ExportMetricsServiceResponse,
            metrics_service_server::{MetricsService, MetricsServiceServer},
        },
        trace::v1::{
            ExportTraceServiceRequest, ExportTraceServiceResponse,
            trace_service_server::{TraceService, TraceServiceServer},
        },
    },
    common::v1::any_value::Value,
    resource::v1::Resource,
};
use runtime::settings::Telemetry;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tokio::net::TcpListener;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::{Request, Response, Status, async_trait, transport::Server};

/// Keeps all that it receives.
#[derive(Clone, Default)]
struct Collector {
    traces: Arc<Mutex<Vec<ExportTraceServiceRequest>>>,
    metrics: Arc<Mutex<Vec<ExportMetricsServiceRequest>>>,
    logs: Arc<Mutex<Vec<ExportLogsServiceRequest>>>,
}

#[async_trait]
impl TraceService for Collector {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        self.traces.lock().unwrap().push(request.into_inner());
        Ok(Response::new(ExportTraceServiceResponse::default()))
    }
}

#[async_trait]
impl MetricsService for Collector {
    async fn export(
        &self,
        request: Request<ExportMetricsServiceRequest>,
    ) -> Result<Response<ExportMetricsServiceResponse>, Status> {
        self.metrics.lock().unwrap().push(request.into_inner());
        Ok(Response::new(ExportMetricsServiceResponse::default()))
    }
}

#[async_trait]
impl LogsService for Collector {
    async fn export(
        &self,
        request: Request<ExportLogsServiceRequest>,
    ) -> Result<Response<ExportLogsServiceResponse>, Status> {
        self.logs.lock().unwrap().push(request.into_inner());
        Ok(Response::new(ExportLogsServiceResponse::default()))
    }
}

impl Collector {
    /// Serves on a free port; its URL.
    async fn start(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let serving = Server::builder()
            .add_service(TraceServiceServer::new(self.clone()))
            .add_service(MetricsServiceServer::new(self.clone()))
            .add_service(LogsServiceServer::new(self.clone()))
            .serve_with_incoming(TcpListenerStream::new(listener));
        tokio::spawn(async move { serving.await.unwrap() });
        url
    }
}

fn attributes(resource: Option<&Resource>) -> BTreeMap<String, String> {
    let texts = resource.unwrap().attributes.iter().filter_map(|attribute| {
        let Value::StringValue(text) = attribute.value.clone()?.value? else { return None };
        Some((attribute.key.clone(), text))
    });
    texts.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn traces_metrics_and_logs_arrive_in_one_name_and_belong_together() {
    let collector = Collector::default();
    let settings = Telemetry {
        otlp_endpoint: Some(collector.start().await),
        environment: "staging".to_owned(),
        ..testing::telemetry()
    };
    let guard = runtime::telemetry::start("trades", &settings).unwrap();

    tracing::info_span!(target: "runtime", "work", otel.name = "an import").in_scope(|| {
        tracing::warn!(target: "runtime", "no space left");
        metrics::counter!("imports", "outcome" => "failed").increment(1);
        metrics::histogram!("import.duration", "outcome" => "failed").record(0.15);
    });
    tokio::task::spawn_blocking(|| guard.flush()).await.unwrap();

    let traces = collector.traces.lock().unwrap().clone();
    let span = &traces[0].resource_spans[0].scope_spans[0].spans[0];
    assert_eq!(span.name, "an import");
    let logs = collector.logs.lock().unwrap().clone();
    let records: Vec<_> = logs
        .iter()
        .flat_map(|one| &one.resource_logs)
        .flat_map(|one| &one.scope_logs)
        .flat_map(|one| &one.log_records)
        .collect();
    let record = records.iter().find(|record| record.severity_text == "WARN").unwrap();
    assert_eq!((&record.trace_id, &record.span_id), (&span.trace_id, &span.span_id));
    let metrics = collector.metrics.lock().unwrap().clone();
    let measured: Vec<_> = metrics[0].resource_metrics[0].scope_metrics[0]
        .metrics
        .iter()
        .map(|metric| (metric.name.as_str(), metric.unit.as_str()))
        .collect();
    assert!(
        measured.contains(&("imports", "")) && measured.contains(&("import.duration", "s")),
        "{measured:?}"
    );
    let resources = [
        attributes(traces[0].resource_spans[0].resource.as_ref()),
        attributes(logs[0].resource_logs[0].resource.as_ref()),
        attributes(metrics[0].resource_metrics[0].resource.as_ref()),
    ];
    assert_eq!(resources[0], resources[1]);
    assert_eq!(resources[0], resources[2]);
    assert_eq!(resources[0]["service.name"], "trades");
    assert_eq!(resources[0]["service.namespace"], "trading-journal");
    assert_eq!(resources[0]["deployment.environment.name"], "staging");
    assert!(runtime::telemetry::render_metrics().contains(r#"imports_total{outcome="failed"} 1"#));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_is_away_holds_nobody_up() {
    let settings = Telemetry { otlp_endpoint: Some("http://127.0.0.1:9".to_owned()), ..testing::telemetry() };
    let guard = runtime::telemetry::start("trades", &settings).unwrap();

    for _ in 0..10_000 {
        tracing::info_span!(target: "runtime", "work").in_scope(|| tracing::info!(target: "runtime", "line"));
    }
    tokio::task::spawn_blocking(|| guard.flush()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_hangs_delays_a_stop_by_two_seconds_at_most() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut silent = Vec::new();
        while let Ok((connection, _)) = listener.accept().await {
            silent.push(connection);
        }
    });
    let settings = Telemetry { otlp_endpoint: Some(url), ..testing::telemetry() };
    let guard = runtime::telemetry::start("trades", &settings).unwrap();
    tracing::info_span!(target: "runtime", "work").in_scope(|| tracing::info!(target: "runtime", "line"));
    metrics::counter!("imports", "outcome" => "failed").increment(1);
    let started = Instant::now();

    tokio::task::spawn_blocking(|| guard.flush()).await.unwrap();

    assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());
}
