//! RabbitMQ or PostgreSQL gone, or there and silent: events wait, and arrive by themselves.

use crate::{
    fault_proxy::FaultProxy,
    raw::queue_of,
    recorder::Recorder,
    support::{Instance, World},
};
use events::{Settings, spawn_consumer, spawn_relay};
use secrecy::ExposeSecret as _;
use std::time::Duration;
use testing::{TestDatabase, eventually};
use tokio::time::timeout;
use uuid::Uuid;

/// An instance that reaches RabbitMQ through a proxy, and the proxy.
async fn through_proxy(world: &World, recorder: Recorder) -> (Instance, FaultProxy) {
    let url = world.settings.amqp_url.value().unwrap().expose_secret();
    let proxy = FaultProxy::to(url).await;
    let settings = Settings { amqp_url: proxy.url(url).into(), ..world.settings.clone() };
    let instance = Instance::start(&world.db, &settings, |service, pool, broker| {
        spawn_relay(service, pool, broker);
        spawn_consumer(service, pool, broker, recorder);
    });
    (instance, proxy)
}

#[tokio::test(flavor = "multi_thread")]
async fn events_of_an_outage_arrive_when_rabbitmq_is_back() {
    let world = World::new().await;
    let (instance, proxy) = through_proxy(&world, Recorder::new()).await;
    world.append("1 before").await;
    world.effects_reach(1).await;
    assert_eq!(instance.rabbitmq().await, "ok");

    proxy.cut();
    instance.rabbitmq_becomes("degraded").await;
    world.append("2 meanwhile").await;
    proxy.heal();

    assert_eq!(world.effects_reach(2).await, ["1 before", "2 meanwhile"]);
    world.append("3 after").await;
    assert_eq!(world.effects_reach(3).await, ["1 before", "2 meanwhile", "3 after"]);
    instance.rabbitmq_becomes("ok").await;
    instance.stopped().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_hangs_is_given_up_for_a_new_one() {
    let world = World::new().await;
    let (instance, proxy) = through_proxy(&world, Recorder::new()).await;
    world.append("1 before").await;
    world.effects_reach(1).await;

    proxy.hang();
    world.append("2 meanwhile").await;
    // Missing heartbeats would tell after 20 s.
    timeout(Duration::from_secs(15), instance.rabbitmq_becomes("degraded")).await.unwrap();
    proxy.heal();

    assert_eq!(world.effects_reach(2).await, ["1 before", "2 meanwhile"]);
    world.outbox_is_empty().await;
    instance.stopped().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handler_at_work_outlasts_a_broken_connection_and_its_event_takes_effect_once() {
    let world = World::new().await;
    let recorder = Recorder::new();
    let (instance, proxy) = through_proxy(&world, recorder.clone()).await;
    let raw = queue_of(&world, &instance).await;
    world.append("wait-long").await;
    eventually("an attempt", async || (recorder.begun() == 1).then_some(())).await;

    proxy.cut();
    eventually("the subscription is lost", async || (raw.subscriptions().await == 0).then_some(())).await;
    proxy.heal();
    eventually("a new subscription", async || (raw.subscriptions().await == 1).then_some(())).await;
    recorder.permits.add_permits(1);
    world.append("next").await;

    assert_eq!(world.effects_reach(2).await, ["next", "wait-long"]);
    assert_eq!(recorder.begun(), 2);
    instance.stopped().await;
    assert_eq!(world.count("inbox_attempts").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_starts_without_rabbitmq_and_stops_without_it() {
    let world = World::new().await;
    let (instance, proxy) = through_proxy(&world, Recorder::new()).await;
    proxy.cut();
    world.append("early").await;
    instance.rabbitmq_becomes("degraded").await;

    proxy.heal();
    assert_eq!(world.effects_reach(1).await, ["early"]);

    proxy.hang();
    instance.stopped().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_outlasts_an_outage_of_the_database_without_a_counted_attempt() {
    let world = World::new().await;
    let proxy = FaultProxy::to(&world.db.url).await;
    let elsewhere = TestDatabase {
        pool: world.db.pool.clone(),
        owner_pool: world.db.owner_pool.clone(),
        every_row: world.db.every_row.clone(),
        url: proxy.url(&world.db.url),
        owner_url: world.db.owner_url.clone(),
    };
    let recorder = Recorder::new();
    let handled = recorder.clone();
    let instance = Instance::start(&elsewhere, &world.settings, |service, pool, broker| {
        spawn_consumer(service, pool, broker, handled);
    });
    let raw = queue_of(&world, &instance).await;

    proxy.cut();
    raw.send_note(Uuid::now_v7(), "kept").await;
    eventually("it is held", async || (raw.waiting("").await == 0).then_some(())).await;
    proxy.heal();

    assert_eq!(world.effects_reach(1).await, ["kept"]);
    assert_eq!(world.count("inbox_attempts").await, 0);
    assert_eq!(recorder.begun(), 1);
}
