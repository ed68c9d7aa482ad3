//! `CompareCohorts`.

use crate::support::{Service, Trader, daily, field_at_fault, service};
use journal_proto::analytics::v1::{CompareCohortsRequest, Comparison, Filter};

fn symbol(symbol: &str) -> Filter {
    Filter { symbols: vec![symbol.to_owned()], ..Filter::default() }
}

async fn ask(
    service: &Service,
    trader: Trader,
    a: Option<Filter>,
    b: Option<Filter>,
) -> Result<Comparison, tonic::Status> {
    let request = trader.ask(CompareCohortsRequest { a, b, measure: None });
    service.client.clone().compare_cohorts(request).await.map(tonic::Response::into_inner)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_symbols_stand_side_by_side() {
    let (service, trader, other) = (service().await, Trader::new(), Trader::new());
    service.with_trades(other, daily(other, "AAPL", &["1000000"])).await;
    let mut rows = daily(trader, "AAPL", &["10", "12", "8", "10"]);
    rows.extend(daily(trader, "MSFT", &["1", "-1", "3", "-3"]));
    service.with_trades(trader, rows).await;

    let comparison = ask(&service, trader, Some(symbol("AAPL")), Some(symbol("MSFT"))).await.unwrap();
    let same = ask(&service, trader, Some(symbol("AAPL")), None).await.unwrap();

    let difference = comparison.difference.unwrap();
    assert_eq!(difference.amount, "10");
    let low: f64 = difference.low.unwrap().parse().unwrap();
    assert!(low > 0.0 && low < 10.0, "{low}");
    assert!(comparison.p.unwrap() < 0.01);
    let resampled = comparison.difference_interval.unwrap();
    let (low, high): (f64, f64) = (resampled.low.parse().unwrap(), resampled.high.parse().unwrap());
    assert!(low > 0.0 && low < 10.0 && high > 10.0, "{low} to {high}");
    // Of the 70 ways to deal eight trades to two, one other is as far apart.
    assert!((0.01..0.06).contains(&comparison.permutation_p.unwrap()), "{:?}", comparison.permutation_p);
    let (a, b) = (comparison.a.unwrap(), comparison.b.unwrap());
    assert_eq!((a.trades, a.total.as_str(), b.trades, b.total.as_str()), (4, "40", 4, "0"));
    assert_eq!((comparison.shared, same.shared), (0, 4));
}

#[tokio::test(flavor = "multi_thread")]
async fn too_few_trades_are_no_comparison() {
    let (service, trader) = (service().await, Trader::new());
    service.with_trades(trader, daily(trader, "AAPL", &["10"])).await;

    let comparison = ask(&service, trader, Some(symbol("AAPL")), Some(symbol("NONE"))).await.unwrap();

    assert!(comparison.p.is_none() && comparison.difference.is_none());
    assert!(comparison.notes.iter().any(|note| note.field == "p"), "{:?}", comparison.notes);
    assert!(comparison.notes.iter().any(|note| note.field == "b.win_rate" && note.code == "no-trades"));
}

#[tokio::test(flavor = "multi_thread")]
async fn currencies_are_not_compared() {
    let (service, trader) = (service().await, Trader::new());
    let euros = Some(Filter { currency: "EUR".to_owned(), ..Filter::default() });

    let refused = ask(&service, trader, None, euros).await.unwrap_err();

    assert_eq!(field_at_fault(&refused), "b_currency");
}
