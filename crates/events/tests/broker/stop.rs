//! A stop finishes what is being handled and gives back the rest.

use crate::{raw::queue_of, recorder::Recorder, support::World};
use std::time::{Duration, Instant};
use testing::eventually;

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_consumer_finishes_what_it_handles_and_gives_back_what_it_holds() {
    let world = World::new().await;
    let recorder = Recorder::new();
    let first = world.relay_and_consumer(recorder.clone());
    let raw = queue_of(&world, &first).await;
    for number in 0..5 {
        world.append(&format!("wait-{number}")).await;
    }
    world.outbox_is_empty().await;
    eventually("a delivery", async || (recorder.begun() == 1).then_some(())).await;

    first.request_stop();
    eventually("the others are given back", async || (raw.waiting("").await == 4).then_some(())).await;
    recorder.permits.add_permits(1);
    first.stopped().await;

    assert_eq!(world.effects().await, ["wait-0"]);
    recorder.permits.add_permits(4);
    let _second = world.consumer(recorder.clone());
    assert_eq!(world.effects_reach(5).await, ["wait-0", "wait-1", "wait-2", "wait-3", "wait-4"]);
    assert_eq!(recorder.begun(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_between_two_attempts_does_not_hold_up_a_stop() {
    let world = World::new().await;
    let recorder = Recorder::new();
    let service = world.relay_and_consumer(recorder.clone());
    world.append("fail-slowly").await;
    eventually("a third attempt", async || (recorder.begun() == 3).then_some(())).await;

    let asked = Instant::now();
    service.stopped().await;

    assert!(asked.elapsed() < Duration::from_secs(2), "{:?}", asked.elapsed());
    assert_eq!(world.count("inbox_attempts").await, 1);
}
