//! `GetSummary`.

use crate::support::{Trader, daily, service};
use journal_proto::analytics::v1::{Filter, GetSummaryRequest, Measure};
use tokio::task::JoinSet;
use tonic::Code;

#[tokio::test(flavor = "multi_thread")]
async fn the_figures_are_exact_and_what_is_undefined_says_why() {
    let (service, trader) = (service().await, Trader::new());
    service.with_account(trader, "America/New_York", "10000").await;
    service
        .with_trades(
            trader,
            vec![
                trader.closed("AAPL", "2026-01-05T15:00:00Z", "100.10", 1),
                trader.closed("AAPL", "2026-01-06T15:00:00Z", "-50.05", 1),
                trader.closed("MSFT", "2026-01-07T15:00:00Z", "0", 1),
                trader.closed("MSFT", "2026-01-08T15:00:00Z", "0.000000000000000001", 1),
            ],
        )
        .await;

    let summary = service.summary(trader, Filter::default()).await;

    assert_eq!((summary.trades, summary.wins, summary.losses, summary.scratches), (4, 2, 1, 1));
    assert_eq!(summary.net_pnl, "50.050000000000000001");
    assert_eq!(summary.currency, "USD");
    assert_eq!(summary.average_loss.as_deref(), Some("-50.05"));
    assert_eq!(summary.profit_factor.as_deref(), Some("2"));
    assert_eq!(summary.max_drawdown.clone().unwrap().amount, "50.05");
    assert_eq!(summary.average_hold_seconds, Some(60.0));
    assert_eq!(summary.volume, "400");
    let win_rate = summary.win_rate.unwrap();
    assert_eq!((win_rate.value, win_rate.n), (0.5, 4));
    assert!(win_rate.low.unwrap() < 0.5 && win_rate.high.unwrap() > 0.5);
    assert!(summary.sharpe.is_none());
    let noted: Vec<&str> = summary.notes.iter().map(|note| note.field.as_str()).collect();
    assert!(["expectancy_r", "calmar", "sharpe"].iter().all(|field| noted.contains(field)), "{noted:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_trades_nothing_is_invented() {
    let (service, trader) = (service().await, Trader::new());

    let summary = service.summary(trader, Filter::default()).await;

    assert_eq!((summary.trades, summary.net_pnl.as_str()), (0, "0"));
    assert!(summary.win_rate.is_none() && summary.profit_factor.is_none() && summary.expectancy.is_none());
    assert!(summary.notes.iter().any(|note| note.field == "win_rate" && note.code == "no-trades"));
}

#[tokio::test(flavor = "multi_thread")]
async fn currencies_are_never_added() {
    let (service, trader) = (service().await, Trader::new());
    let mut euro = trader.closed("SAP", "2026-01-05T15:00:00Z", "5", 1);
    euro.currency = "EUR".to_owned();
    service
        .publish(&trader.trades_changed(
            1,
            vec![
                euro,
                trader.closed("AAPL", "2026-01-05T15:00:00Z", "7", 1),
                trader.closed("AAPL", "2026-01-06T15:00:00Z", "8", 1),
            ],
            Vec::new(),
        ))
        .await;
    service.until_trades(trader, 2).await;

    let dollars = service.summary(trader, Filter::default()).await;
    let euros = service.summary(trader, Filter { currency: "EUR".to_owned(), ..Filter::default() }).await;

    assert_eq!((dollars.currency.as_str(), dollars.net_pnl.as_str()), ("USD", "15"));
    assert_eq!(dollars.other_currencies, ["EUR"]);
    assert_eq!((euros.currency.as_str(), euros.net_pnl.as_str()), ("EUR", "5"));
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_select_and_bad_ones_are_named() {
    let (service, trader) = (service().await, Trader::new());
    let mut open = trader.closed("AAPL", "2026-01-09T15:00:00Z", "0", 1);
    open.status = "open".to_owned();
    open.closed_at = None;
    service
        .with_trades(
            trader,
            vec![
                trader.closed("AAPL", "2026-01-05T15:00:00Z", "1", 1),
                trader.closed("MSFT", "2026-01-06T15:00:00Z", "2", 1),
                open,
            ],
        )
        .await;

    let by_symbol =
        service.summary(trader, Filter { symbols: vec!["MSFT".to_owned()], ..Filter::default() }).await;
    let all = service.summary(trader, Filter::default()).await;
    let bad = trader.ask(GetSummaryRequest {
        filter: Some(Filter { side: "up".to_owned(), ..Filter::default() }),
        measure: None,
    });
    let refused = service.client.clone().get_summary(bad).await.unwrap_err();

    assert_eq!(by_symbol.net_pnl, "2");
    assert_eq!((all.trades, all.open_trades), (2, 1));
    assert_eq!(refused.code(), Code::InvalidArgument);
}

#[tokio::test(flavor = "multi_thread")]
async fn before_costs_and_in_r_the_same_trades_look_different() {
    let (service, trader) = (service().await, Trader::new());
    let mut rows = daily(trader, "AAPL", &["-1", "10"]);
    rows[0].gross_pnl = "1".to_owned();
    rows[0].commissions = "2".to_owned();
    rows[0].risk = "4".to_owned();
    service.with_trades(trader, rows).await;
    let ask = async |unit: &str, gross: bool| {
        let measure = Some(Measure { unit: unit.to_owned(), gross });
        let request = trader.ask(GetSummaryRequest { filter: None, measure });
        service.client.clone().get_summary(request).await.unwrap().into_inner()
    };

    let (net, gross, r) = (ask("", false).await, ask("money", true).await, ask("r", false).await);

    assert_eq!((net.wins, gross.wins, r.losses), (1, 2, 1));
    assert_eq!((net.net_pnl.as_str(), gross.net_pnl.as_str(), gross.gross_pnl.as_str()), ("9", "9", "11"));
    assert_eq!((r.net_pnl.as_str(), r.commissions.as_str(), r.unit.as_str()), ("-0.25", "0.5", "R"));
    assert_eq!(r.coverage.map(|coverage| (coverage.selected, coverage.measured)), Some((2, 1)));
    assert_eq!(net.expectancy_r.map(|estimate| estimate.value), Some(-0.25));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_of_one_moment() {
    let (service, trader) = (service().await, Trader::new());
    service.with_trades(trader, daily(trader, "AAPL", &["1", "2", "3"])).await;
    let pool = service.database.every_row.clone();
    let mut flips = JoinSet::new();
    flips.spawn(async move {
        for _ in 0..400 {
            let flip = sqlx::query("UPDATE trades SET risk = CASE WHEN risk IS NULL THEN 1 END");
            flip.execute(&pool).await.unwrap();
        }
    });

    while flips.try_join_next().is_none() {
        let measure = Some(Measure { unit: "r".to_owned(), gross: false });
        let request = trader.ask(GetSummaryRequest { filter: None, measure });
        let summary = service.client.clone().get_summary(request).await.unwrap().into_inner();

        assert_eq!(summary.trades, summary.coverage.unwrap().measured);
    }
}
