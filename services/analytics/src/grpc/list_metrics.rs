//! `ListMetrics`: the catalogue of figures.

use journal_proto::analytics::v1::{ListMetricsResponse, MetricDescription};

/// Every figure, in the words of its docstring.
pub(super) fn list_metrics() -> ListMetricsResponse {
    let metrics = statistics::SECTIONS.iter().flat_map(|section| {
        section.metrics.iter().map(|metric| MetricDescription {
            id: metric.id.to_owned(),
            name: metric.name.to_owned(),
            section: section.title.to_owned(),
            unit: metric.unit.to_owned(),
            formula: metric.formula.to_owned(),
            edges: metric.edges.to_owned(),
            source: metric.source.to_owned(),
            elsewhere: metric.elsewhere.to_owned(),
        })
    });
    ListMetricsResponse { metrics: metrics.collect() }
}
