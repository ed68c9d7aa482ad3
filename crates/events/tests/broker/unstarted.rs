//! What is told before a service was ever started waits for it, also when another one hears it already.

use crate::support::World;
use events::{Consumer, Failure, outbox, spawn_relay};
use sqlx::PgConnection;

/// Named as an event that two services hear: the relay knows their queues.
#[derive(Clone, PartialEq, prost::Message)]
struct TradesChanged {
    #[prost(string, tag = "1")]
    note: String,
}

impl prost::Name for TradesChanged {
    const NAME: &'static str = "TradesChanged";
    const PACKAGE: &'static str = "journal.trades.v1";
}

struct Announce;

impl Consumer for Announce {
    const QUEUE: &'static str = "notifications.announce-trades";
    type Event = TradesChanged;

    async fn handle(&self, event: TradesChanged, tx: &mut PgConnection) -> Result<(), Failure> {
        note(tx, "announced", &event).await
    }
}

struct Update;

impl Consumer for Update {
    const QUEUE: &'static str = "analytics.update-statistics";
    type Event = TradesChanged;

    async fn handle(&self, event: TradesChanged, tx: &mut PgConnection) -> Result<(), Failure> {
        note(tx, "updated", &event).await
    }
}

async fn note(tx: &mut PgConnection, what: &str, event: &TradesChanged) -> Result<(), Failure> {
    let note = format!("{what} {}", event.note);
    sqlx::query("INSERT INTO effects VALUES ($1)").bind(note).execute(tx).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consumer_that_was_never_started_misses_nothing_that_another_one_hears() {
    let mut world = World::new().await;
    world.settings.amqp_alone = false;
    let _announcing = world.consumer(Announce);
    let _relay = world.instance(spawn_relay);

    let mut tx = world.db.pool.begin().await.unwrap();
    outbox::append(&mut tx, &TradesChanged { note: "early".to_owned() }).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(world.effects_reach(1).await, ["announced early"]);
    world.outbox_is_empty().await;
    let _updating = world.consumer(Update);

    assert_eq!(world.effects_reach(2).await, ["announced early", "updated early"]);
}
