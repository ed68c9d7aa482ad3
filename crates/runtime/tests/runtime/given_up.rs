//! Whoever gives up while a transaction begins leaves none behind.

use runtime::{Service, Shutdown, postgres, settings::Postgres};
use sqlx::Row as _;
use std::{
    future::{Future as _, poll_fn},
    task::Poll,
};
use uuid::Uuid;

// On one thread: nothing answers between the only look and the giving up.
#[tokio::test]
async fn a_transaction_whose_beginning_was_given_up_is_not_met_by_the_next_one() {
    let database = testing::database("runtime", &[]).await;
    let mut service = Service::new("test", Shutdown::manual(), &testing::admin());
    let settings = Postgres { database_max_connections: 1, ..database.settings() };
    let pool =
        postgres::connect(&mut service, "test", &settings, postgres::Planning::ByValues).await.unwrap();
    postgres::begin(&pool).await.unwrap().rollback().await.unwrap();

    for n in 0..40 {
        // Once begun it is waited for, as the answer takes a moment; and then by nobody.
        let mut begun = Box::pin(postgres::begin_for(&pool, Uuid::now_v7()));
        let is_over = poll_fn(|cx| Poll::Ready(begun.as_mut().poll(cx).is_ready())).await;
        assert!(!is_over, "attempt {n} was over at once");
        drop(begun);

        // By the simple protocol, a statement that is in no transaction begins when its own does.
        let state = sqlx::raw_sql(
            "SELECT now() = statement_timestamp(), coalesce(current_setting('app.user_id', true), '')",
        );
        let row = state.fetch_one(&pool).await.unwrap();
        let state: (bool, String) = (row.get(0), row.get(1));
        assert_eq!(state, (true, String::new()), "after attempt {n}");
    }
}
