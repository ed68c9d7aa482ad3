//! Whoever gives up while a transaction begins leaves none behind.

use runtime::{Service, Shutdown, postgres, settings::Postgres};
use sqlx::Row as _;
use std::time::Duration;
use tokio::time::timeout;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_whose_beginning_was_given_up_is_not_met_by_the_next_one() {
    let database = testing::database("runtime", &[]).await;
    let mut service = Service::new("test", Shutdown::manual(), &testing::admin());
    let settings = Postgres { database_max_connections: 1, ..database.settings() };
    let pool =
        postgres::connect(&mut service, "test", &settings, postgres::Planning::ByValues).await.unwrap();
    postgres::begin(&pool).await.unwrap().rollback().await.unwrap();

    let mut given_up = 0;
    for n in 0..200 {
        let begun = postgres::begin_for(&pool, Uuid::now_v7());
        if timeout(Duration::from_micros(n * 10), begun).await.is_err() {
            given_up += 1;
        }

        // By the simple protocol, a statement that is in no transaction begins when its own does.
        let state = sqlx::raw_sql(
            "SELECT now() = statement_timestamp(), coalesce(current_setting('app.user_id', true), '')",
        );
        let row = state.fetch_one(&pool).await.unwrap();
        let state: (bool, String) = (row.get(0), row.get(1));
        assert_eq!(state, (true, String::new()), "after attempt {n}");
    }
    assert!(given_up > 0, "nothing was given up");
}
