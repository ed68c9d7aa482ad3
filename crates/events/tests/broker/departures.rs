//! Users who are gone.

use crate::support::World;
use events::departures;
use testing::eventually;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn whoever_waited_while_a_user_was_deleted_finds_him_gone() {
    let world = World::new().await;
    let (user, other) = (Uuid::now_v7(), Uuid::now_v7());
    let mut leaving = world.db.pool.begin().await.unwrap();
    departures::depart(&mut leaving, user, &[]).await.unwrap();

    let late = async {
        let mut tx = world.db.pool.begin().await.unwrap();
        departures::act_for_present(&mut tx, user).await.unwrap()
    };
    let waits = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
                 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    let ends = async {
        eventually("a late event that waits", async || {
            sqlx::query(waits).fetch_optional(&world.db.every_row).await.unwrap().map(drop)
        })
        .await;
        leaving.commit().await.unwrap();
    };
    let (is_present, ()) = tokio::join!(late, ends);

    assert!(!is_present);
    let mut tx = world.db.pool.begin().await.unwrap();
    assert!(departures::act_for_present(&mut tx, other).await.unwrap());
}
