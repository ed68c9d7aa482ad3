//! `GetDistribution`.

use crate::support::{Trader, daily, field_at_fault, service};
use journal_proto::analytics::v1::{Distribution, Filter, GetDistributionRequest, Measure};

async fn ask(
    service: &crate::support::Service,
    trader: Trader,
    request: GetDistributionRequest,
) -> Result<Distribution, tonic::Status> {
    service.client.clone().get_distribution(trader.ask(request)).await.map(tonic::Response::into_inner)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shape_of_the_amounts_is_told() {
    let (service, trader, other) = (service().await, Trader::new(), Trader::new());
    service.with_trades(other, daily(other, "AAPL", &["1000000"])).await;
    service.with_trades(trader, daily(trader, "AAPL", &["-10", "0", "5", "10", "20"])).await;

    let shape =
        ask(&service, trader, GetDistributionRequest { bins: 3, ..Default::default() }).await.unwrap();

    assert_eq!((shape.n, shape.median.as_deref(), shape.unit.as_str()), (5, Some("5"), "USD"));
    assert_eq!(shape.mean.unwrap().amount, "5");
    assert_eq!((shape.min.as_deref(), shape.max.as_deref()), (Some("-10"), Some("20")));
    // -10 to 20 in about three: round edges, of which 0 is one.
    let bins: Vec<_> = shape.bins.iter().map(|bin| (bin.from.as_str(), bin.to.as_str(), bin.count)).collect();
    assert_eq!(bins, [("-10", "0", 1), ("0", "10", 2), ("10", "20", 1), ("20", "30", 1)]);
    let quantile =
        |share: f64| shape.quantiles.iter().find(|each| each.share >= share).unwrap().value.clone();
    assert_eq!((quantile(0.25), quantile(0.95)), ("0".to_owned(), "18".to_owned()));
    // The deviation of (-15, -5, 0, 5, 15): sqrt(500 / 4).
    assert!((shape.standard_deviation.unwrap() - 125_f64.sqrt()).abs() < 1e-12);
    assert_eq!(shape.skewness, Some(0.0));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_and_one_trade_have_no_shape() {
    let (service, trader) = (service().await, Trader::new());
    let empty = ask(&service, trader, GetDistributionRequest::default()).await.unwrap();
    service.with_trades(trader, daily(trader, "AAPL", &["7"])).await;

    let single = ask(&service, trader, GetDistributionRequest::default()).await.unwrap();

    assert_eq!((empty.n, empty.bins.len(), empty.mean), (0, 0, None));
    assert!(empty.notes.iter().any(|note| note.field == "bins" && note.code == "no-trades"));
    assert_eq!((single.n, single.bins.len(), single.median.as_deref()), (1, 1, Some("7")));
    assert_eq!(single.skewness, None);
    assert!(single.notes.iter().any(|note| note.field == "skewness" && note.code == "too-few-trades"));
}

#[tokio::test(flavor = "multi_thread")]
async fn in_r_only_trades_with_a_risk_count() {
    let (service, trader) = (service().await, Trader::new());
    let mut rows = daily(trader, "AAPL", &["30", "-10", "99"]);
    rows[0].risk = "20".to_owned();
    rows[1].risk = "20".to_owned();
    service.with_trades(trader, rows).await;
    let unit = |unit: &str| GetDistributionRequest {
        measure: Some(Measure { unit: unit.to_owned(), gross: false }),
        ..Default::default()
    };

    let r = ask(&service, trader, unit("r")).await.unwrap();
    let percent = ask(&service, trader, unit("percent")).await.unwrap();

    let coverage = r.coverage.unwrap();
    assert_eq!((coverage.selected, coverage.measured, r.unit.as_str()), (3, 2, "R"));
    assert_eq!((r.min.as_deref(), r.max.as_deref()), (Some("-0.5"), Some("1.5")));
    // One share at 100.
    assert_eq!((percent.min.as_deref(), percent.max.as_deref()), (Some("-10"), Some("99")));
    assert_eq!(field_at_fault(&ask(&service, trader, unit("pips")).await.unwrap_err()), "unit");
    let filter = Some(Filter { hours: vec![24], ..Filter::default() });
    let refused = ask(&service, trader, GetDistributionRequest { filter, ..Default::default() }).await;
    assert_eq!(field_at_fault(&refused.unwrap_err()), "hour");
    let refused = ask(&service, trader, GetDistributionRequest { bins: 201, ..Default::default() }).await;
    assert_eq!(field_at_fault(&refused.unwrap_err()), "bins");
}
