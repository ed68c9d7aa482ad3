//! `ListMetrics`.

use crate::support::{Trader, service};
use journal_proto::analytics::v1::ListMetricsRequest;

#[tokio::test(flavor = "multi_thread")]
async fn every_figure_has_its_words() {
    let (service, trader) = (service().await, Trader::new());

    let metrics =
        service.client.clone().list_metrics(trader.ask(ListMetricsRequest {})).await.unwrap().into_inner();

    for id in ["win_rate", "profit_factor", "expectancy", "sharpe", "psr", "dsr", "mae", "adjusted_p"] {
        let metric = metrics.metrics.iter().find(|metric| metric.id == id).unwrap();
        assert!(!metric.name.is_empty() && !metric.formula.is_empty() && !metric.source.is_empty(), "{id}");
    }
}
