//! What a database keeps apart, whatever a query says.

use crate::TestDatabase;
use runtime::postgres;
use sqlx::{AssertSqlSafe, PgConnection, postgres::PgPoolOptions};
use uuid::Uuid;

impl TestDatabase {
    /// Every table with a column `user_id`.
    pub async fn user_tables(&self) -> Vec<String> {
        let tables = "SELECT table_name::text FROM information_schema.columns
                      WHERE table_schema = 'public' AND column_name = 'user_id' ORDER BY table_name";
        sqlx::query_scalar(tables).fetch_all(&self.every_row).await.unwrap()
    }

    /// Insists that queries without any `user_id` see, change and delete rows of the user alone in whose name they run: in every
    /// table, of which each must have a row of `user`.
    pub async fn assert_apart(&self, user: Uuid, other: Uuid) {
        self.keep_keys(&[user, other]).await;
        for table in self.user_tables().await {
            let mut tx = postgres::begin_for(&self.pool, user).await.unwrap();
            let others = format!("SELECT count(*) FROM {table} WHERE user_id <> '{user}'");
            assert_eq!(number(&mut tx, others).await, 0, "{table} shows rows of others");
            let own = number(&mut tx, format!("SELECT count(*) FROM {table}")).await;
            assert!(own > 0, "{table} has no row of the user: this shows nothing");
            let given_away = format!("UPDATE {table} SET user_id = '{other}'");
            let given_away = sqlx::query(AssertSqlSafe(given_away)).execute(&mut *tx).await;
            assert!(given_away.is_err(), "rows of {table} can be given away");
            tx.rollback().await.unwrap();

            let mut tx = postgres::begin_for(&self.pool, user).await.unwrap();
            let deleted = sqlx::query(AssertSqlSafe(format!("DELETE FROM {table}"))).execute(&mut *tx).await;
            // Where rows of another table refer to these the database refuses: that is fine as well.
            if let Ok(deleted) = deleted {
                assert_eq!(i64::try_from(deleted.rows_affected()), Ok(own), "{table} lost rows of others");
            }
            tx.rollback().await.unwrap();
        }
    }

    /// Rows of the one table that every service has.
    async fn keep_keys(&self, users: &[Uuid]) {
        for user in users {
            let key = "INSERT INTO idempotency_keys (user_id, call, key, fingerprint, answer) VALUES ($1, 'c', 'k', '', '') ON CONFLICT DO NOTHING";
            sqlx::query(key).bind(user).execute(&self.every_row).await.unwrap();
        }
    }

    /// Insists that nothing is left of a user's name on a connection that acted for him, and that the owner of the tables sees no
    /// more than others.
    pub async fn assert_nobody_sees(&self, user: Uuid) {
        self.keep_keys(&[user]).await;
        let alone = PgPoolOptions::new().max_connections(1).connect(&self.url).await.unwrap();
        for table in self.user_tables().await {
            let count = format!("SELECT count(*) FROM {table}");
            for is_snapshot in [false, true] {
                let begun = if is_snapshot {
                    postgres::snapshot_for(&alone, user).await
                } else {
                    postgres::begin_for(&alone, user).await
                };
                let mut tx = begun.unwrap();
                let own = number(&mut tx, count.clone()).await;
                assert!(own > 0, "{table} has no row of the user: this shows nothing");
                tx.commit().await.unwrap();
                let left = number(&mut alone.acquire().await.unwrap(), count.clone()).await;
                assert_eq!(left, 0, "{table}");
            }
        }
        for table in self.user_tables().await {
            let mut connection = self.pool.acquire().await.unwrap();
            sqlx::query("BEGIN").execute(&mut *connection).await.unwrap();
            postgres::act_for(&mut connection, user).await.unwrap();
            sqlx::query("COMMIT").execute(&mut *connection).await.unwrap();
            let count = format!("SELECT count(*) FROM {table}");
            let left = number(&mut connection, count.clone()).await;
            let mut owner = self.owner_pool.acquire().await.unwrap();
            let of_owner = number(&mut owner, count).await;

            assert_eq!((left, of_owner), (0, 0), "{table}");
        }
    }
}

async fn number(connection: &mut PgConnection, sql: String) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(connection).await.unwrap()
}
