//! Shows one trade with its fills and legs.

use crate::support::{Journal, assert_field, csv};
use journal_proto::trades::v1::{GetTradeRequest, Leg};

/// Vector 03: one fill closes a long and opens a short, its costs split 100:150.
const FLIP: [&str; 3] = ["a,1,X,buy,100,50,2", "b,2,X,sell,250,55,5", "c,3,X,buy,150,52,3"];

fn told(leg: &Leg) -> [&str; 7] {
    let Leg {
        open_execution_id, close_execution_id, quantity, gross_pnl, commissions, fees, net_pnl, ..
    } = leg;
    [open_execution_id, close_execution_id, quantity, gross_pnl, commissions, fees, net_pnl]
        .map(String::as_str)
}

#[tokio::test]
async fn a_flip_belongs_to_two_trades_each_with_its_share_of_the_costs() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(FLIP)).await;
    let trades = user.trades().await;
    assert_eq!(trades.len(), 2);

    let long = user.trade(&trades[0].id).await.unwrap();
    let short = user.trade(&trades[1].id).await.unwrap();

    let ids = |fills: &[journal_proto::trades::v1::Fill]| -> Vec<String> {
        fills.iter().map(|fill| fill.execution_id.clone()).collect()
    };
    assert_eq!(
        (ids(&long.fills), ids(&short.fills)),
        (vec!["a".to_owned(), "b".to_owned()], vec!["b".to_owned(), "c".to_owned()],)
    );
    assert_eq!(long.legs.iter().map(told).collect::<Vec<_>>(), [["a", "b", "100", "500", "4", "0", "496"]]);
    assert_eq!(short.legs.iter().map(told).collect::<Vec<_>>(), [["b", "c", "150", "450", "6", "0", "444"]]);
    let (long, short) = (long.trade.unwrap(), short.trade.unwrap());
    assert_eq!((long.side.as_str(), long.net_pnl.as_str(), long.fill_count), ("long", "496", 2));
    assert_eq!((short.side.as_str(), short.net_pnl.as_str(), short.fill_count), ("short", "444", 2));
    assert_eq!((long, short), (trades[0].clone(), trades[1].clone()));
}

#[tokio::test]
async fn an_open_trade_shows_what_its_legs_realised() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let rows = csv(["a,1,X,buy,10,100,1", "b,2,X,buy,10,110,1", "c,3,X,sell,15,120,3"]);
    user.imported(&account, rows).await;
    let trade = user.trades().await.remove(0);

    let detail = user.trade(&trade.id).await.unwrap();

    let legs: Vec<_> = detail.legs.iter().map(told).collect();
    assert_eq!(legs, [["a", "c", "10", "200", "3", "0", "197"], ["b", "c", "5", "50", "1.5", "0", "48.5"]]);
    assert_eq!((trade.status.as_str(), trade.quantity.as_str(), trade.closed_at), ("open", "5", None));
    assert_eq!((trade.gross_pnl.as_str(), trade.commissions.as_str()), ("250", "4.5"));
    assert_eq!((trade.net_pnl.as_str(), trade.average_entry.as_str()), ("245.5", "105"));
    assert_eq!((trade.average_exit.as_str(), trade.peak_quantity.as_str()), ("120", "20"));
}

#[tokio::test]
async fn an_id_that_is_none_is_named() {
    let journal = Journal::start().await;
    let user = journal.user();

    let request = user.request(GetTradeRequest { trade_id: "1".to_owned(), ..GetTradeRequest::default() });

    assert_field(&user.client.clone().get_trade(request).await.unwrap_err(), "trade_id");
}
