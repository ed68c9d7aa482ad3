//! What rests can be put back to work.

use crate::{
    raw::queue_of,
    recorder::{QUEUE, Recorder},
    support::World,
};
use events::{Broker, redrive};
use runtime::secrets::Secrets;
use testing::eventually;
use uuid::Uuid;

/// How many events went back to the recorder's queue.
async fn redriven(world: &World) -> u64 {
    let broker = Broker::new(&Secrets::default(), &world.settings).await.unwrap();
    redrive(&mut world.db.pool.acquire().await.unwrap(), &broker, QUEUE).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn redriven_events_are_handled_as_if_they_were_new() {
    let world = World::new().await;
    let recorder = Recorder::new();
    let service = world.relay_and_consumer(recorder.clone());
    let raw = queue_of(&world, &service).await;
    world.append("reject-one").await;
    world.append("reject-two").await;
    eventually("two dead letters", async || (raw.waiting(".dead").await == 2).then_some(())).await;
    eventually("their end", async || (world.count("inbox").await == 2).then_some(())).await;
    recorder.heal();

    let moved = redriven(&world).await;

    assert_eq!(moved, 2);
    assert_eq!(world.effects_reach(2).await, ["reject-one", "reject-two"]);
    assert_eq!(raw.waiting(".dead").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_fails_again_after_its_redrive_rests_again() {
    let world = World::new().await;
    let service = world.relay_and_consumer(Recorder::new());
    let raw = queue_of(&world, &service).await;
    world.append("reject-for ever").await;
    eventually("a dead letter", async || (raw.waiting(".dead").await == 1).then_some(())).await;
    eventually("its end", async || (world.count("inbox").await == 1).then_some(())).await;

    let moved = redriven(&world).await;

    assert_eq!(moved, 1);
    eventually("it is given up again", async || (world.given_up().await.len() == 2).then_some(())).await;
    raw.dead_letter().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_of_which_several_letters_rest_is_handled_once() {
    let world = World::new().await;
    let recorder = Recorder::new();
    let service = world.relay_and_consumer(recorder.clone());
    let raw = queue_of(&world, &service).await;
    world.append("reject-one").await;
    eventually("its end", async || (world.count("inbox").await == 1).then_some(())).await;
    // Whoever is killed at putting it to rest, or back to work, leaves one more.
    let letter = raw.dead_letter().await;
    for _ in 0..3 {
        raw.lay_dead(&letter).await;
    }
    recorder.heal();

    redriven(&world).await;
    raw.send_note(Uuid::now_v7(), "behind them").await;

    assert_eq!(world.effects_reach(2).await, ["behind them", "reject-one"]);
    assert_eq!(raw.waiting(".dead").await, 0);
    raw.lay_dead(&letter).await;
    assert_eq!(redriven(&world).await, 0, "it was handled since");
    assert_eq!(raw.waiting(".dead").await, 0);
    raw.send_note(Uuid::now_v7(), "last").await;
    assert_eq!(world.effects_reach(3).await, ["behind them", "last", "reject-one"]);
}
