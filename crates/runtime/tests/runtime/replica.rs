//! Reads at a replica of the database.

use runtime::{
    Service, Shutdown,
    postgres::{self, Planning, Reads},
    settings::Replica,
};
use sqlx::PgPool;
use std::time::{Duration, Instant};
use testing::{Replicated, TestDatabase, eventually, replicated};
use uuid::Uuid;

async fn notes() -> Replicated {
    let pair = replicated("runtime", &[]).await;
    let table = "CREATE TABLE notes (note bigint GENERATED ALWAYS AS IDENTITY)";
    sqlx::query(table).execute(&pair.database.owner_pool).await.unwrap();
    pair
}

/// What a service reads with, whose replica is said to be at `url`.
async fn reads(database: &TestDatabase, url: &str) -> Reads {
    let mut service = Service::new("test", Shutdown::manual(), &testing::admin());
    let (settings, replica) = (database.settings(), Replica { database_replica_url: url.to_owned().into() });
    let pool = postgres::connect(&mut service, "test", &settings, Planning::ByValues).await.unwrap();
    let settings = (&settings, &replica);
    let reads = Reads::open(&mut service, "test-replica", settings, Planning::ByValues, &pool).await.unwrap();
    tokio::spawn(service.run());
    reads
}

async fn write(pool: &PgPool) {
    sqlx::query("INSERT INTO notes DEFAULT VALUES").execute(pool).await.unwrap();
}

/// How many notes are seen, and whether a replica showed them.
async fn look(reads: &Reads) -> (i64, bool) {
    let mut snapshot = reads.snapshot_for(Uuid::nil()).await.unwrap();
    let seen = sqlx::query_as("SELECT (SELECT count(*) FROM notes), pg_is_in_recovery()");
    seen.fetch_one(&mut *snapshot).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_wrote_reads_it_at_once_wherever_he_reads() {
    let pair = notes().await;
    let reads = reads(&pair.database, &pair.replica_url).await;
    eventually("a replica that is read", async || look(&reads).await.1.then_some(())).await;

    let mut at_the_replica = 0;
    for written in 1..=200 {
        write(&pair.database.pool).await;
        let (seen, is_replica) = look(&reads).await;
        assert_eq!(seen, written);
        at_the_replica += i32::from(is_replica);
    }

    assert!(at_the_replica > 0, "nobody read at the replica");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replica_that_is_behind_is_not_read_until_it_has_caught_up() {
    let pair = notes().await;
    let reads = reads(&pair.database, &pair.replica_url).await;
    eventually("a replica that is read", async || look(&reads).await.1.then_some(())).await;

    pair.stand_still().await;
    write(&pair.database.pool).await;
    assert_eq!(look(&reads).await, (1, false));
    write(&pair.database.pool).await;
    assert_eq!(look(&reads).await, (2, false));
    pair.follow().await;

    eventually("a replica that is read again", async || {
        let (seen, is_replica) = look(&reads).await;
        assert_eq!(seen, 2);
        is_replica.then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_replica_the_database_is_read_and_nobody_waits_long() {
    let mut pair = notes().await;
    let reads = reads(&pair.database, &pair.replica_url).await;
    eventually("a replica that is read", async || look(&reads).await.1.then_some(())).await;
    write(&pair.database.pool).await;

    pair.lose_replica();

    let begun = Instant::now();
    for _ in 0..20 {
        assert_eq!(look(&reads).await, (1, false));
    }
    assert!(begun.elapsed() < Duration::from_secs(10), "20 reads took {:?}", begun.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_replica_is_not_read_as_one() {
    let database = testing::database("runtime", &[]).await;
    sqlx::query("CREATE TABLE notes (note bigint GENERATED ALWAYS AS IDENTITY)")
        .execute(&database.owner_pool)
        .await
        .unwrap();
    let another = testing::database("runtime", &[]).await;
    let reads = reads(&database, &another.url).await;
    write(&database.pool).await;

    // The other one has no such table.
    assert_eq!(look(&reads).await, (1, false));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replica_that_does_not_keep_users_apart_is_not_read_until_it_does() {
    let pair = notes().await;
    sqlx::query("CREATE TABLE letters (user_id uuid)").execute(&pair.database.owner_pool).await.unwrap();
    let reads = reads(&pair.database, &pair.replica_url).await;
    eventually("the table at the replica", async || {
        sqlx::query("SELECT FROM letters").fetch_optional(&pair.replica).await.ok().map(drop)
    })
    .await;

    for _ in 0..3 {
        assert_eq!(look(&reads).await, (0, false));
    }
    let apart = "ALTER TABLE letters ENABLE ROW LEVEL SECURITY; ALTER TABLE letters FORCE ROW LEVEL SECURITY;
                 CREATE POLICY own ON letters USING (user_id = current_setting('app.user_id')::uuid)";
    sqlx::raw_sql(apart).execute(&pair.database.owner_pool).await.unwrap();
    eventually("a replica that is read", async || look(&reads).await.1.then_some(())).await;
}
