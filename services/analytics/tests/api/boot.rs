//! The service does not serve where the database would not keep users apart.

use crate::support::config;
use analytics::migrators;
use runtime::{Shutdown, settings};
use sqlx::AssertSqlSafe;
use testing::TestDatabase;

async fn refusal(database: &TestDatabase, url: &str) -> String {
    let config = analytics::Config {
        postgres: settings::Postgres { database_url: url.into(), ..database.settings() },
        ..config(database).0
    };
    format!("{:#}", analytics::run(config, Shutdown::manual()).await.unwrap_err())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_without_forced_row_level_security_stops_the_service() {
    for (change, table) in [
        ("ALTER TABLE trades NO FORCE ROW LEVEL SECURITY", "trades"),
        ("ALTER TABLE accounts DISABLE ROW LEVEL SECURITY", "accounts"),
        ("DROP POLICY own ON revisions", "revisions"),
        ("CREATE TABLE notes (user_id uuid, id uuid)", "notes"),
        ("CREATE POLICY leak ON trades USING (true)", "leak"),
        ("CREATE POLICY leak ON accounts FOR INSERT WITH CHECK (true)", "leak"),
    ] {
        let database = testing::database("analytics", &migrators()).await;
        assert_eq!(runtime::postgres::holes(&database.pool).await.unwrap(), Vec::<String>::new());
        sqlx::query(change).execute(&database.owner_pool).await.unwrap();

        let refusal = refusal(&database, &database.url).await;

        assert!(refusal.contains("not isolated") && refusal.contains(table), "{refusal}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_row_level_security_does_not_concern_stops_the_service() {
    let database = testing::database("analytics", &migrators()).await;

    let owner = refusal(&database, &database.owner_url).await;
    assert!(owner.contains("belongs to the role that serves"), "{owner}");
    let role = database.url.split("//").nth(1).and_then(|login| login.split(':').next()).unwrap();
    let bypass = format!("ALTER ROLE {role} BYPASSRLS");
    sqlx::query(AssertSqlSafe(bypass)).execute(&database.every_row).await.unwrap();
    let bypassing = refusal(&database, &database.url).await;
    assert!(bypassing.contains("has BYPASSRLS"), "{bypassing}");
}
