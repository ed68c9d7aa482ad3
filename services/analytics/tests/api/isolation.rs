//! What the database itself keeps apart, whatever a query says.

use crate::support::{Service, Trader, daily, service};

/// Two users with rows in every table.
async fn two_users() -> (Service, [Trader; 2]) {
    let (service, traders) = (service().await, [Trader::new(), Trader::new()]);
    for trader in traders {
        service.with_account(trader, "America/New_York", "10000").await;
        service.with_trades(trader, daily(trader, "AAPL", &["1", "-2", "3"])).await;
        for insert in [
            "INSERT INTO revisions (user_id, account_id, revision, applied, last_seen) VALUES ($1, $2, 7, 1, false)",
            "INSERT INTO cash_flows (user_id, account_id, id, version) VALUES ($1, $2, $2, 1)",
        ] {
            let row = sqlx::query(insert).bind(trader.user.0).bind(trader.account);
            row.execute(&service.database.every_row).await.unwrap();
        }
    }
    (service, traders)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_that_forgets_the_user_sees_and_changes_one_users_rows_alone() {
    let (service, [one, other]) = two_users().await;
    assert_eq!(
        service.database.user_tables().await,
        ["accounts", "cash_flows", "idempotency_keys", "revisions", "trades"]
    );

    service.database.assert_apart(one.user.0, other.user.0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn outside_of_a_users_transaction_there_are_no_rows_at_all() {
    let (service, [one, _]) = two_users().await;

    service.database.assert_nobody_sees(one.user.0).await;
}
