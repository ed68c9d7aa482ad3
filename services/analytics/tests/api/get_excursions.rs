//! `GetExcursions`.

use crate::support::{Service, Trader, daily, field_at_fault, service};
use journal_proto::analytics::v1::{Excursions, GetExcursionsRequest};

async fn ask(service: &Service, trader: Trader, limit: u32) -> Result<Excursions, tonic::Status> {
    let request = trader.ask(GetExcursionsRequest { filter: None, limit });
    service.client.clone().get_excursions(request).await.map(tonic::Response::into_inner)
}

#[tokio::test(flavor = "multi_thread")]
async fn trades_with_mae_and_mfe_are_told_and_the_others_counted() {
    let (service, trader, other) = (service().await, Trader::new(), Trader::new());
    service.with_trades(other, daily(other, "AAPL", &["1"])).await;
    let mut rows = daily(trader, "AAPL", &["50", "-20", "5"]);
    for (trade, mae, mfe) in [(0, "-25", "75"), (1, "-30", "10")] {
        rows[trade].mae = mae.to_owned();
        rows[trade].mfe = mfe.to_owned();
        rows[trade].excursion_source = "broker".to_owned();
    }
    rows[0].risk = "25".to_owned();
    service.with_trades(trader, rows).await;

    let excursions = ask(&service, trader, 0).await.unwrap();

    let coverage = excursions.coverage.unwrap();
    assert_eq!((coverage.selected, coverage.measured), (3, 2));
    assert_eq!(excursions.average_mae.as_deref(), Some("-27.5"));
    assert_eq!(excursions.average_mfe.as_deref(), Some("42.5"));
    let first = &excursions.trades[1];
    assert_eq!((first.net_pnl.as_str(), first.source.as_str()), ("50", "broker"));
    assert_eq!((first.mae_r, first.mfe_r), (Some(-1.0), Some(3.0)));
    assert_eq!((first.entry_efficiency, first.exit_efficiency), (Some(0.75), Some(0.75)));
    assert!(ask(&service, other, 0).await.unwrap().trades.is_empty());
    assert_eq!(ask(&service, trader, 1).await.unwrap().trades.len(), 1);
    assert_eq!(field_at_fault(&ask(&service, trader, 1_001).await.unwrap_err()), "limit");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_answer_says_why() {
    let (service, trader) = (service().await, Trader::new());
    let without_trades = ask(&service, trader, 0).await.unwrap();
    service.with_trades(trader, daily(trader, "AAPL", &["1"])).await;

    let without_excursions = ask(&service, trader, 0).await.unwrap();

    assert_eq!(without_trades.notes[0].code, "no-trades");
    assert_eq!(without_excursions.notes[0].code, "no-excursions");
    assert_eq!(without_excursions.average_mae, None);
}
