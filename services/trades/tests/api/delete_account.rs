//! Deletes accounts.

use crate::support::{Journal, assert_not_found, csv};
use journal_proto::trades::v1::{DeleteAccountRequest, UpdateTradeRequest};

#[tokio::test]
async fn an_account_goes_with_everything_in_it_and_nothing_else() {
    let journal = Journal::start().await;
    let user = journal.user();
    let (account, other) = (user.account("Main").await, user.account("Other").await);
    let rows = csv(["a,1,AAPL,buy,10,100,1", "b,2,AAPL,sell,10,101,1"]);
    user.imported(&account, &rows).await;
    user.imported(&account, &rows).await;
    user.imported(&other, &rows).await;
    let notes = UpdateTradeRequest {
        trade_id: user.trades().await.into_iter().find(|trade| trade.account_id == account.id).unwrap().id,
        notes: Some("gone with it".to_owned()),
        ..UpdateTradeRequest::default()
    };
    user.client.clone().update_trade(user.request(notes)).await.unwrap();

    let request = user.request(DeleteAccountRequest { account_id: account.id.clone() });
    user.client.clone().delete_account(request).await.unwrap();

    for (table, left) in [
        ("SELECT count(*) FROM accounts", 1),
        ("SELECT count(*) FROM imports", 1),
        ("SELECT count(*) FROM fills", 2),
        ("SELECT count(*) FROM fill_sightings", 0),
        ("SELECT count(*) FROM trades", 1),
        ("SELECT count(*) FROM trade_journal", 0),
        ("SELECT count(*) FROM outbox WHERE routing_key = 'journal.trades.v1.AccountDeleted'", 1),
    ] {
        assert_eq!(journal.count(table).await, left, "{table}");
    }
    assert_eq!(journal.stored_files().len(), 1);
    let request = user.request(DeleteAccountRequest { account_id: account.id });
    assert_not_found(&user.client.clone().delete_account(request).await.unwrap_err(), "account");
}
