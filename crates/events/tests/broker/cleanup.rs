//! What was handled long ago is forgotten.

use crate::support::World;
use events::spawn_cleanup;
use testing::eventually;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_handled_over_thirty_days_ago_is_forgotten() {
    let world = World::new().await;
    for statement in [
        "INSERT INTO inbox VALUES ('q', gen_random_uuid(), now() - interval '31 days')",
        "INSERT INTO inbox VALUES ('q', gen_random_uuid(), now() - interval '29 days')",
        "INSERT INTO inbox_attempts VALUES ('q', gen_random_uuid(), 2, 'e', now() - interval '31 days')",
        "INSERT INTO inbox_attempts VALUES ('q', gen_random_uuid(), 2, 'e', now() - interval '29 days')",
    ] {
        sqlx::query(statement).execute(&world.db.pool).await.unwrap();
    }

    let _service = world.instance(|service, pool, _| spawn_cleanup(service, pool));

    eventually("the old rows are gone", async || (world.count("inbox_attempts").await == 1).then_some(()))
        .await;
    assert_eq!(world.count("inbox").await, 1);
}
