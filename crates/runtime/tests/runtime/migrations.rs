//! Migrations beside others who use the tables.

use runtime::postgres::{Patience, migrate_patiently};
use sqlx::{
    Connection as _, PgConnection, PgPool, SqlSafeStr as _,
    migrate::{Migration, MigrationType, Migrator},
};
use std::time::Duration;
use testing::TestDatabase;

/// Gives up at once, more or less.
const SHORT: Patience = Patience {
    lock_timeout: Duration::from_millis(50),
    concurrent_lock_timeout: Duration::from_millis(50),
    tries: 2,
    pause: Duration::from_millis(10),
};

/// Each statement is a migration; `-- no-transaction` first means the same as in a file.
fn migrator(statements: &[&'static str]) -> Migrator {
    let migration = |(version, sql): (i64, &&'static str)| {
        let no_tx = sql.starts_with("-- no-transaction");
        Migration::new(version, "test".into(), MigrationType::Simple, sql.into_sql_str(), no_tx)
    };
    Migrator::with_migrations((1..).zip(statements).map(migration).collect())
}

async fn applied(database: &TestDatabase) -> Vec<i64> {
    let applied = sqlx::query_scalar("SELECT version FROM _sqlx_migrations ORDER BY version");
    applied.fetch_all(&database.owner_pool).await.unwrap()
}

async fn is_valid(pool: &PgPool, index: &str) -> Option<bool> {
    let valid = sqlx::query_scalar("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass($1)");
    valid.bind(index).fetch_optional(pool).await.unwrap()
}

const MADE: &str = "CREATE TABLE fills (id int)";
const WIDENED: &str = "ALTER TABLE fills ADD COLUMN price numeric";
const NOTED: &str = "CREATE TABLE notes (id int)";

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_table_is_not_waited_for_and_nothing_is_lost() {
    let database = testing::database("runtime", &[&migrator(&[MADE])]).await;
    let all = migrator(&[MADE, NOTED, WIDENED]);
    let mut other = database.owner_pool.begin().await.unwrap();
    sqlx::query("LOCK TABLE fills IN ACCESS SHARE MODE").execute(&mut *other).await.unwrap();

    let refusal = migrate_patiently(&database.owner_url, &[&all], SHORT).await.unwrap_err();

    let told = format!("{refusal:#}");
    assert!(told.contains("others hold a lock that the migration needs, after 2 tries of 50ms"), "{told}");
    assert!(told.contains("the oldest open transaction is of") && told.contains("lock timeout"), "{told}");
    assert_eq!(applied(&database).await, [1, 2]);
    other.rollback().await.unwrap();
    migrate_patiently(&database.owner_url, &[&all], SHORT).await.unwrap();
    assert_eq!(applied(&database).await, [1, 2, 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_that_is_given_back_is_taken_at_the_next_try() {
    let database = testing::database("runtime", &[&migrator(&[MADE])]).await;
    let all = migrator(&[MADE, WIDENED]);
    let mut other = database.owner_pool.begin().await.unwrap();
    sqlx::query("LOCK TABLE fills IN ACCESS SHARE MODE").execute(&mut *other).await.unwrap();
    let patience = Patience { tries: 1000, ..SHORT };

    let all = [&all];
    let migration = migrate_patiently(&database.owner_url, &all, patience);
    let release = async {
        testing::eventually("the migration waits", async || waits_for_a_lock(&database).await).await;
        other.rollback().await.unwrap();
    };
    let (migrated, ()) = tokio::join!(migration, release);

    migrated.unwrap();
    assert_eq!(applied(&database).await, [1, 2]);
}

/// Once somebody waits for a lock on the table.
async fn waits_for_a_lock(database: &TestDatabase) -> Option<i32> {
    let waiting = "SELECT 1 FROM pg_locks WHERE relation = 'fills'::regclass AND NOT granted LIMIT 1";
    sqlx::query_scalar(waiting).fetch_optional(&database.owner_pool).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_migration_is_not_tried_twice() {
    let database = testing::database("runtime", &[]).await;
    let wrong = migrator(&[MADE, "ALTER TABLE nowhere ADD COLUMN x int"]);
    let patience = Patience { tries: u32::MAX, pause: Duration::from_hours(1), ..SHORT };

    let refusal = migrate_patiently(&database.owner_url, &[&wrong], patience).await.unwrap_err();

    assert!(format!("{refusal:#}").contains("nowhere"), "{refusal:#}");
    assert_eq!(applied(&database).await, [1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_one_that_migrates_at_once_waits_for_the_first_and_says_so() {
    let database = testing::database("runtime", &[&migrator(&[MADE])]).await;
    let mut first = PgConnection::connect(&database.owner_url).await.unwrap();
    sqlx::migrate::Migrate::lock(&mut first).await.unwrap();

    let refusal = migrate_patiently(&database.owner_url, &[&migrator(&[MADE])], SHORT).await.unwrap_err();

    assert!(format!("{refusal:#}").contains("others hold a lock"), "{refusal:#}");
    first.close().await.unwrap();
    migrate_patiently(&database.owner_url, &[&migrator(&[MADE])], SHORT).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_that_was_not_built_to_its_end_is_built_anew() {
    const INDEXED: &str = "-- no-transaction\nCREATE INDEX CONCURRENTLY IF NOT EXISTS fills_id ON fills (id)";
    let database = testing::database("runtime", &[&migrator(&[MADE])]).await;
    let all = migrator(&[MADE, INDEXED]);
    let mut other = database.owner_pool.begin().await.unwrap();
    sqlx::query("INSERT INTO fills VALUES (1)").execute(&mut *other).await.unwrap();

    let refusal = migrate_patiently(&database.owner_url, &[&all], SHORT).await.unwrap_err();

    assert!(format!("{refusal:#}").contains("others hold a lock"), "{refusal:#}");
    assert_eq!(is_valid(&database.every_row, "fills_id").await, Some(false));
    other.commit().await.unwrap();
    migrate_patiently(&database.owner_url, &[&all], SHORT).await.unwrap();
    assert_eq!(is_valid(&database.every_row, "fills_id").await, Some(true));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_of_before_migrates_a_newer_database_and_changes_nothing() {
    let database = testing::database("runtime", &[&migrator(&[MADE, NOTED, WIDENED])]).await;

    migrate_patiently(&database.owner_url, &[&migrator(&[MADE])], SHORT).await.unwrap();

    assert_eq!(applied(&database).await, [1, 2, 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_applied_in_another_form_is_refused_in_a_newer_database_too() {
    let database = testing::database("runtime", &[&migrator(&[MADE, NOTED])]).await;

    let refusal = migrate_patiently(&database.owner_url, &[&migrator(&[WIDENED])], SHORT).await.unwrap_err();

    let told = format!("{refusal:#}");
    assert!(told.contains("migration 1 was previously applied but has been modified"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gap_among_the_versions_that_a_program_should_know_is_refused() {
    let database = testing::database("runtime", &[&migrator(&[MADE, NOTED])]).await;
    let all = migrator(&[MADE, NOTED, WIDENED]);
    let gapped = Migrator::with_migrations(all.iter().filter(|one| one.version != 2).cloned().collect());

    let refusal = migrate_patiently(&database.owner_url, &[&gapped], SHORT).await.unwrap_err();

    let told = format!("{refusal:#}");
    assert!(told.contains("migration 2 was previously applied but is missing"), "{told}");
    assert_eq!(applied(&database).await, [1, 2]);
}
