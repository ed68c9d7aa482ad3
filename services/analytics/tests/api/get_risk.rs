//! `GetRisk`.

use crate::support::{Service, Trader, daily, field_at_fault, service};
use journal_proto::analytics::v1::{Filter, GetRiskRequest, Risk};

async fn ask(service: &Service, trader: Trader, request: GetRiskRequest) -> Result<Risk, tonic::Status> {
    service.client.clone().get_risk(trader.ask(request)).await.map(tonic::Response::into_inner)
}

#[tokio::test(flavor = "multi_thread")]
async fn drawdowns_streaks_and_paths_are_told_and_a_seed_repeats_them() {
    let (service, trader, other) = (service().await, Trader::new(), Trader::new());
    service.with_trades(other, daily(other, "AAPL", &["-1000000"])).await;
    service.with_account(trader, "UTC", "1000").await;
    let nets = ["100", "-30", "-40", "90", "50", "-10"];
    service.with_trades(trader, daily(trader, "AAPL", &nets)).await;
    let request =
        GetRiskRequest { paths: 200, ruin_losses: vec!["50".to_owned()], ..GetRiskRequest::default() };

    let risk = ask(&service, trader, request.clone()).await.unwrap();
    let again = ask(&service, trader, request.clone()).await.unwrap();
    let otherwise = ask(&service, trader, GetRiskRequest { seed: Some(7), ..request }).await.unwrap();

    let spells: Vec<_> = risk
        .drawdowns
        .iter()
        .map(|s| (s.amount.as_str(), s.from.as_str(), s.to.as_str(), s.recovered_on.as_str()))
        .collect();
    assert_eq!(
        spells,
        [("70", "2026-01-01", "2026-01-03", "2026-01-04"), ("10", "2026-01-05", "2026-01-06", "")]
    );
    assert!((risk.drawdowns[0].percent.unwrap() - 70.0 / 1100.0).abs() < 1e-12);
    assert_eq!((risk.longest_win_streak, risk.longest_loss_streak), (2, 2));
    assert!(risk.kelly.is_some() && risk.psr.is_some() && risk.ruin.is_some());
    let daily = risk.daily.clone().unwrap();
    assert!(daily.value_at_risk.unwrap() < 0.0 && daily.ulcer.unwrap() > 0.0);
    assert_eq!((daily.days_won, daily.days_lost, daily.end_equity.as_deref()), (3, 3, Some("1160")));
    let paths = risk.monte_carlo.clone().unwrap();
    assert_eq!((paths.trades, paths.paths, paths.seed), (6, 200, 42));
    assert_eq!(paths.fan.first().unwrap().equity.as_ref().unwrap().p50, "1000");
    assert_eq!(paths.ruin[0].loss, "50");
    assert_eq!(risk, again);
    assert_ne!(risk.monte_carlo, otherwise.monte_carlo);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_trades_every_figure_says_why_it_is_missing() {
    let (service, trader) = (service().await, Trader::new());

    let risk = ask(&service, trader, GetRiskRequest::default()).await.unwrap();

    assert!(risk.drawdowns.is_empty() && risk.monte_carlo.is_none() && risk.kelly.is_none());
    for field in ["kelly", "psr", "dsr", "ruin", "monte_carlo", "daily.ulcer"] {
        assert!(risk.notes.iter().any(|note| note.field == field), "{field}: {:?}", risk.notes);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_symbol_is_deflated_by_all_symbols_that_could_have_been_chosen() {
    let (service, trader) = (service().await, Trader::new());
    let mut rows = daily(trader, "AAPL", &["10", "12", "9"]);
    rows.extend(daily(trader, "MSFT", &["-10", "12", "1"]));
    rows.extend(daily(trader, "TSLA", &["-10", "-12", "1"]));
    service.with_trades(trader, rows).await;
    let filter = Some(Filter { symbols: vec!["AAPL".to_owned()], ..Filter::default() });

    let risk = ask(&service, trader, GetRiskRequest { filter, ..Default::default() }).await.unwrap();

    assert_eq!(risk.dsr_trials, 3);
    assert!(risk.dsr.unwrap() < risk.psr.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn work_is_bounded_and_faults_are_named() {
    let (service, trader) = (service().await, Trader::new());
    for (request, field) in [
        (GetRiskRequest { paths: 10_001, ..Default::default() }, "paths"),
        (GetRiskRequest { resampling: "magic".to_owned(), ..Default::default() }, "resampling"),
        (GetRiskRequest { ruin_losses: vec!["-5".to_owned()], ..Default::default() }, "ruin_loss"),
        (GetRiskRequest { ruin_losses: vec!["5".to_owned(); 11], ..Default::default() }, "ruin_loss"),
    ] {
        assert_eq!(field_at_fault(&ask(&service, trader, request).await.unwrap_err()), field);
    }
}
