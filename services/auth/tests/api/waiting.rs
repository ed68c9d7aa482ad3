//! Calls that wait for a row which the test holds: what happens meanwhile, happens surely.

mod in_no_circle;

use crate::support::Auth;
use sqlx::{Postgres, Transaction};

impl Auth {
    /// Holds the row of a user, as whoever changes it does.
    pub async fn hold(&self, email: &str) -> Transaction<'static, Postgres> {
        let mut held = self.owner.begin().await.unwrap();
        let row = sqlx::query("SELECT FROM users WHERE email = $1 FOR UPDATE").bind(email);
        row.fetch_one(&mut *held).await.unwrap();
        held
    }

    /// Waits until so many calls wait for a lock.
    pub async fn waiting(&self, calls: i64) {
        testing::eventually("the calls wait for what is held", async || {
            let waiting: i64 = sqlx::query_scalar(
                "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)
                 WHERE NOT granted AND datname = current_database()",
            )
            .fetch_one(&self.owner)
            .await
            .unwrap();
            (waiting == calls).then_some(())
        })
        .await;
    }
}
