//! Shows one fill.

use crate::support::{Journal, assert_field};
use journal_proto::trades::v1::{Fill, GetFillRequest, ListFillsRequest};

#[tokio::test]
async fn a_fill_is_shown_with_where_it_comes_from() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let csv = "symbol,side,quantity,price,commission,fees,execution_id,date,time\n\
                MESZ6,sell,2,6000.25,1.24,-0.5,EX-1,2026-01-05,09:30:00\n";
    let import = user.imported(&account, csv).await;
    let request = user.request(ListFillsRequest::default());
    let listed = user.client.clone().list_fills(request).await.unwrap().into_inner().fills.remove(0);

    let request = user.request(GetFillRequest { fill_id: listed.id.clone() });
    let fill = user.client.clone().get_fill(request).await.unwrap().into_inner();

    assert_eq!(fill, listed);
    let expected = Fill {
        id: fill.id.clone(),
        account_id: account.id,
        execution_id: "EX-1".to_owned(),
        symbol: "MESZ6".to_owned(),
        side: "sell".to_owned(),
        quantity: "2".to_owned(),
        price: "6000.25".to_owned(),
        commission: "1.24".to_owned(),
        fees: "-0.5".to_owned(),
        currency: "USD".to_owned(),
        multiplier: "5".to_owned(),
        executed_at: fill.executed_at,
        time_text: "2026-01-05 09:30:00".to_owned(),
        time_source: "broker-default:UTC".to_owned(),
        import_id: import.id,
        line: 2,
        asset_class: "future".to_owned(),
        voided: false,
    };
    assert_eq!(fill, expected);
    assert_eq!(fill.executed_at.unwrap().seconds, 1_767_605_400);
}

#[tokio::test]
async fn an_id_that_is_none_is_named() {
    let journal = Journal::start().await;
    let user = journal.user();

    let request = user.request(GetFillRequest { fill_id: "EX-1".to_owned() });

    assert_field(&user.client.clone().get_fill(request).await.unwrap_err(), "fill_id");
}
