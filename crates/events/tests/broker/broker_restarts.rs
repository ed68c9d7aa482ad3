//! RabbitMQ stops, dies, or is short of memory: nothing is lost, nothing is doubled.

use crate::{own_rabbitmq::OwnRabbitMq, recorder::Recorder, support::World};
use runtime::secrets::Given;
use testing::eventually;

/// A world around a RabbitMQ of its own.
async fn world(rabbitmq: &OwnRabbitMq) -> World {
    let mut world = World::new().await;
    world.settings.amqp_url = rabbitmq.url().into();
    world
}

async fn append(world: &World, when: &str) {
    for number in 0..20 {
        world.append(&format!("{when} {number:02}")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_that_is_stopped_or_killed_and_started_again_loses_and_doubles_nothing() {
    let mut rabbitmq = OwnRabbitMq::start().await;
    let world = world(&rabbitmq).await;
    let recorder = Recorder::<4>::default();
    let service = world.relay_and_consumer(recorder.clone());
    append(&world, "1 before").await;
    world.append("wait-until the first restart").await;
    eventually("one in hand", async || (recorder.begun() == 21).then_some(())).await;

    rabbitmq.stop().await;
    append(&world, "2 while it is stopped").await;
    recorder.permits.add_permits(1);
    rabbitmq.start_again().await;
    world.effects_reach(41).await;
    append(&world, "3 between").await;
    rabbitmq.kill().await;
    append(&world, "4 while it is dead").await;
    rabbitmq.start_again().await;

    let mut effects = world.effects_reach(81).await;
    effects.dedup();
    assert_eq!(effects.len(), 81);
    world.outbox_is_empty().await;
    service.stopped().await;
    assert_eq!(world.count("effects").await, 81);
    assert_eq!(world.count("inbox_attempts").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_password_is_used_by_the_next_connection_and_loses_nothing() {
    let rabbitmq = OwnRabbitMq::start().await;
    let (folder, mut world) = (tempfile::tempdir().unwrap(), World::new().await);
    let file = folder.path().join("amqp-url");
    std::fs::write(&file, rabbitmq.url()).unwrap();
    world.settings.amqp_url = Given::in_file(&file);
    let service = world.relay_and_consumer(Recorder::new());
    append(&world, "1 before").await;
    world.effects_reach(20).await;

    rabbitmq.control(&["change_password", "journal", "another"]).await;
    append(&world, "2 with the old connections").await;
    world.effects_reach(40).await;
    std::fs::write(&file, rabbitmq.url_with("another")).unwrap();
    rabbitmq.control(&["close_all_connections", "the password is another one"]).await;
    append(&world, "3 with new connections").await;

    let mut effects = world.effects_reach(60).await;
    effects.dedup();
    assert_eq!(effects.len(), 60);
    world.outbox_is_empty().await;
    service.stopped().await;
    assert_eq!(world.count("effects").await, 60);
}

#[tokio::test(flavor = "multi_thread")]
async fn events_wait_while_the_broker_is_short_of_memory() {
    let rabbitmq = OwnRabbitMq::start().await;
    let world = world(&rabbitmq).await;
    let service = world.relay_and_consumer(Recorder::new());
    append(&world, "1 before").await;
    world.effects_reach(20).await;

    rabbitmq.control(&["set_vm_memory_high_watermark", "0.0000001"]).await;
    append(&world, "2 meanwhile").await;
    service.rabbitmq_becomes("degraded").await;
    assert_eq!(world.effects().await.len(), 20);
    rabbitmq.control(&["set_vm_memory_high_watermark", "0.6"]).await;

    world.effects_reach(40).await;
    world.outbox_is_empty().await;
    service.stopped().await;
    assert_eq!(world.count("effects").await, 40);
}
