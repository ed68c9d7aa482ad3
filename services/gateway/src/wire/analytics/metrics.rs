//! The catalogue of figures as JSON.

use crate::wire::some;
use journal_proto::analytics::v1 as proto;
use serde::Serialize;
use utoipa::ToSchema;

/// Every figure that statistics answer with.
#[derive(Serialize, ToSchema)]
pub(crate) struct Metrics {
    pub items: Vec<MetricDescription>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct MetricDescription {
    /// The field of an answer that holds it.
    pub id: String,
    pub name: String,
    /// Figures that belong together; two sections may use one id.
    pub section: String,
    /// `count`, `money`, `quantity`, `share` (0.5 is 50 %), `ratio`, `R`, `seconds`, `sessions`, `days`, `deviations` or
    /// `probability`.
    pub unit: String,
    pub formula: String,
    /// When it is null, by the codes of `notes`, and what it is at its edges.
    pub edges: String,
    pub source: String,
    /// How other programs differ; null where they agree.
    pub elsewhere: Option<String>,
}

impl From<proto::ListMetricsResponse> for Metrics {
    fn from(response: proto::ListMetricsResponse) -> Self {
        let items = response.metrics.into_iter().map(|metric| MetricDescription {
            id: metric.id,
            name: metric.name,
            section: metric.section,
            unit: metric.unit,
            formula: metric.formula,
            edges: metric.edges,
            source: metric.source,
            elsewhere: some(metric.elsewhere),
        });
        Self { items: items.collect() }
    }
}
