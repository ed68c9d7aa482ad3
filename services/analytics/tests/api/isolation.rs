//! What the database itself keeps apart, whatever a query says.

use crate::support::{Service, Trader, daily, service};
use runtime::postgres;
use sqlx::{AssertSqlSafe, PgConnection};

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

/// Every table with a column `user_id`.
async fn tables(service: &Service) -> Vec<String> {
    let tables = "SELECT table_name::text FROM information_schema.columns
                  WHERE table_schema = 'public' AND column_name = 'user_id' ORDER BY table_name";
    sqlx::query_scalar(tables).fetch_all(&service.database.every_row).await.unwrap()
}

async fn number(connection: &mut PgConnection, sql: String) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(connection).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_that_forgets_the_user_sees_and_changes_one_users_rows_alone() {
    let (service, [one, other]) = two_users().await;
    let tables = tables(&service).await;
    assert_eq!(tables, ["accounts", "cash_flows", "revisions", "trades"]);

    for table in tables {
        let mut tx = postgres::begin_for(&service.database.pool, one.user.0).await.unwrap();
        let others = format!("SELECT count(*) FROM {table} WHERE user_id <> '{}'", one.user.0);
        assert_eq!(number(&mut tx, others).await, 0, "{table}");
        let own = number(&mut tx, format!("SELECT count(*) FROM {table}")).await;
        assert!(own > 0, "{table} has no row of the user: this shows nothing");
        let stolen = format!("UPDATE {table} SET user_id = '{}'", other.user.0);
        assert!(sqlx::query(AssertSqlSafe(stolen)).execute(&mut *tx).await.is_err(), "{table}");
        tx.rollback().await.unwrap();

        let mut tx = postgres::begin_for(&service.database.pool, one.user.0).await.unwrap();
        let deleted = sqlx::query(AssertSqlSafe(format!("DELETE FROM {table}"))).execute(&mut *tx).await;
        assert_eq!(i64::try_from(deleted.unwrap().rows_affected()), Ok(own), "{table}");
        tx.rollback().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn outside_of_a_users_transaction_there_are_no_rows_at_all() {
    let (service, [one, _]) = two_users().await;

    for table in tables(&service).await {
        // The same connection, right after it acted for somebody.
        let mut connection = service.database.pool.acquire().await.unwrap();
        sqlx::query("BEGIN").execute(&mut *connection).await.unwrap();
        postgres::act_for(&mut connection, one.user.0).await.unwrap();
        sqlx::query("COMMIT").execute(&mut *connection).await.unwrap();
        let left = number(&mut connection, format!("SELECT count(*) FROM {table}")).await;
        // FORCE: the owner of the table sees no more.
        let mut owner = service.database.owner_pool.acquire().await.unwrap();
        let of_owner = number(&mut owner, format!("SELECT count(*) FROM {table}")).await;

        assert_eq!((left, of_owner), (0, 0), "{table}");
    }
}
