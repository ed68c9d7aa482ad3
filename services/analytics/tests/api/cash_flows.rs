//! Deposits and withdrawals: they move the equity, never the returns.

use crate::support::{Service, Trader, daily, service};
use journal_proto::{
    Timestamp,
    analytics::v1::{Equity, Filter, GetEquityRequest, GetRiskRequest, Summary},
    trades::v1::{CashFlow, CashFlowsChanged},
};
use ledger::Fraction;
use statistics::{DailyAccount, DailyOptions};
use std::collections::BTreeMap;
use testing::eventually;
use time::{Date, OffsetDateTime, format_description::well_known::Rfc3339};
use uuid::Uuid;

fn flow(trader: Trader, amount: &str, booked_at: &str, version: i64) -> CashFlow {
    let at = OffsetDateTime::parse(booked_at, &Rfc3339).unwrap();
    CashFlow {
        id: Uuid::now_v7().to_string(),
        account_id: trader.account.to_string(),
        amount: amount.to_owned(),
        currency: "USD".to_owned(),
        booked_at: Some(Timestamp { seconds: at.unix_timestamp(), nanos: 0 }),
        version,
    }
}

fn changed(trader: Trader, revision: i64, flows: &[CashFlow], removed: &[&CashFlow]) -> CashFlowsChanged {
    CashFlowsChanged {
        user_id: trader.user.to_string(),
        account_id: trader.account.to_string(),
        revision,
        changed: flows.to_vec(),
        removed: removed.iter().map(|flow| flow.id.clone()).collect(),
        import_id: String::new(),
        last: true,
        changed_total: flows.len() as u64,
    }
}

async fn equity(service: &Service, trader: Trader, filter: Filter) -> Equity {
    let request = GetEquityRequest { filter: Some(filter), ..GetEquityRequest::default() };
    service.client.clone().get_equity(trader.ask(request)).await.unwrap().into_inner()
}

/// Waits until so many messages of this test were handled.
async fn handled(service: &Service, count: usize) {
    eventually("the messages", async || {
        let told = service.told_updates().await.len();
        (told == count).then_some(())
    })
    .await;
}

fn date(text: &str) -> Date {
    Date::parse(text, time::macros::format_description!("[year]-[month]-[day]")).unwrap()
}

/// What the statistics crate makes of the same days.
fn expected(opening: &str, pnl: &[(&str, &str)], flows: &[(&str, &str)]) -> statistics::DailySummary {
    let days = |days: &[(&str, &str)]| -> BTreeMap<Date, Fraction> {
        days.iter().map(|(day, amount)| (date(day), amount.parse().unwrap())).collect()
    };
    let (opening, pnl, flows) = (opening.parse::<Fraction>().unwrap(), days(pnl), days(flows));
    let account = DailyAccount { flows: &flows, ..DailyAccount::new(Some(&opening), &pnl) };
    statistics::daily(&account, &DailyOptions::default())
}

const NETS: [(&str, &str); 4] =
    [("2026-01-05", "1000"), ("2026-02-02", "-150"), ("2026-02-20", "535.05"), ("2026-04-10", "-10")];

/// A profit, a withdrawal of most of it, a loss, a deposit, a profit: more than 90 days.
async fn moved(service: &Service, trader: Trader) -> (Summary, Vec<CashFlow>) {
    service.with_account(trader, "UTC", "10000").await;
    let flows = vec![
        flow(trader, "-9500", "2026-01-10T09:00:00Z", 2),
        flow(trader, "4000.50", "2026-02-20T09:00:00Z", 2),
    ];
    service.publish(&changed(trader, 2, &flows, &[])).await;
    let closed = |(day, net): (&str, &str)| trader.closed("AAPL", &format!("{day}T15:00:00Z"), net, 1);
    service.with_trades(trader, NETS.map(closed).to_vec()).await;
    handled(service, 2).await;
    (service.summary(trader, Filter::default()).await, flows)
}

#[tokio::test(flavor = "multi_thread")]
async fn returns_are_those_of_the_statistics_crate_and_a_withdrawal_is_no_drawdown() {
    let (service, trader, other) = (service().await, Trader::new(), Trader::new());
    moved(&service, trader).await;
    service.publish(&changed(other, 2, &[flow(other, "-1000000", "2026-01-11T09:00:00Z", 2)], &[])).await;
    handled(&service, 3).await;

    let told = service.summary(trader, Filter::default()).await;

    let reference = expected("10000", &NETS, &[("2026-01-10", "-9500"), ("2026-02-20", "4000.50")]);
    let daily = told.daily.unwrap();
    assert_eq!(daily.end_equity.as_deref(), Some("5875.55"));
    assert_eq!(daily.days, reference.days);
    assert_eq!(daily.twr, Some(reference.twr.unwrap().to_f64()));
    assert_eq!(daily.mwr, Some(reference.mwr.unwrap().rate));
    assert_eq!((daily.sharpe, daily.volatility), (reference.sharpe.ok(), reference.volatility.ok()));
    // 1500 were left when 150 were lost, and the withdrawal itself was no loss.
    assert_eq!(daily.max_drawdown.unwrap().depth, "150");
    assert_eq!(daily.max_drawdown_share.unwrap().depth, "0.1");
    assert_eq!(told.max_drawdown.unwrap().percent, Some(0.1));
    let curve = equity(&service, trader, Filter::default()).await;
    let points: Vec<_> = curve
        .points
        .iter()
        .map(|p| (p.day.as_str(), p.flow.as_str(), p.equity.as_deref().unwrap(), p.trades))
        .collect();
    assert_eq!(
        points,
        [
            ("2026-01-05", "0", "11000", 1),
            ("2026-01-10", "-9500", "1500", 0),
            ("2026-02-02", "0", "1350", 1),
            ("2026-02-20", "4000.5", "5885.55", 1),
            ("2026-04-10", "0", "5875.55", 1),
        ]
    );
    assert_eq!((curve.points[0].twr_index, curve.points[1].twr_index), (Some(1.1), Some(1.1)));
    let risk =
        service.client.clone().get_risk(trader.ask(GetRiskRequest::default())).await.unwrap().into_inner();
    assert!((risk.drawdowns[0].percent.unwrap() - 0.1).abs() < 1e-12);
    // What could be lost: 10000 - 9500 + 4000.50.
    assert_eq!(risk.monte_carlo.unwrap().fan[0].equity.as_ref().unwrap().p50, "4500.5");
}

#[tokio::test(flavor = "multi_thread")]
async fn repeated_and_late_events_change_nothing() {
    let (service, trader) = (service().await, Trader::new());
    let (before, flows) = moved(&service, trader).await;
    let gone = flow(trader, "777", "2026-03-01T09:00:00Z", 3);

    // The removal comes first, then twice what it removed, then all that came before.
    service.publish(&changed(trader, 4, &[], &[&gone])).await;
    handled(&service, 3).await;
    service.publish(&changed(trader, 3, std::slice::from_ref(&gone), &[])).await;
    service.publish(&changed(trader, 3, std::slice::from_ref(&gone), &[])).await;
    service.publish(&changed(trader, 2, &flows, &[])).await;
    handled(&service, 6).await;
    assert_eq!(service.summary(trader, Filter::default()).await, before);

    service.publish(&changed(trader, 5, &[], &[&flows[1]])).await;
    handled(&service, 7).await;
    let after = service.summary(trader, Filter::default()).await;
    assert_eq!(after.daily.unwrap().end_equity.as_deref(), Some("1875.05"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_there_before_a_period_is_what_it_begins_with() {
    let (service, trader) = (service().await, Trader::new());
    moved(&service, trader).await;
    let at = |text: &str| {
        let at = OffsetDateTime::parse(text, &Rfc3339).unwrap();
        Some(Timestamp { seconds: at.unix_timestamp(), nanos: 0 })
    };
    let filter =
        Filter { from: at("2026-02-01T00:00:00Z"), to: at("2026-02-20T12:00:00Z"), ..Filter::default() };

    let curve = equity(&service, trader, filter).await;

    // 10000 + 1000 - 9500; the deposit falls into the period, the trade after it does not.
    assert_eq!(curve.opening_balance.as_deref(), Some("1500"));
    let points: Vec<_> =
        curve.points.iter().map(|p| (p.day.as_str(), p.equity.as_deref().unwrap())).collect();
    assert_eq!(points, [("2026-02-02", "1350"), ("2026-02-20", "5350.5")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_may_begin_with_a_deposit_and_other_currencies_stay_out() {
    let (service, trader) = (service().await, Trader::new());
    service.with_account(trader, "UTC", "0").await;
    let euros = CashFlow { currency: "EUR".to_owned(), ..flow(trader, "5000", "2026-01-01T09:00:00Z", 1) };
    let deposit = flow(trader, "200", "2026-01-01T10:00:00Z", 1);
    service.publish(&changed(trader, 1, &[euros, deposit], &[])).await;
    service.with_trades(trader, daily(trader, "AAPL", &["20", "-11"])).await;
    handled(&service, 2).await;

    let told = service.summary(trader, Filter::default()).await;
    let curve = equity(&service, trader, Filter::default()).await;

    assert_eq!(told.daily.as_ref().unwrap().end_equity.as_deref(), Some("209"));
    assert!((told.twr.unwrap() - 0.045).abs() < 1e-12);
    assert_eq!((curve.opening_balance.as_deref(), curve.points[0].twr_index), (Some("0"), Some(1.1)));
    assert!(curve.notes.is_empty(), "{:?}", curve.notes);
}
