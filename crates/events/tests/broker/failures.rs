//! Handlers that fail: some events get over it, the others rest, and none keeps the rest waiting.

use crate::{
    raw::{header, properties, queue_of},
    recorder::{Noted, QUEUE, Recorder},
    support::World,
};
use lapin::BasicProperties;
use prost::{Message as _, Name as _};
use testing::eventually;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_fails_five_times_rests_and_others_go_on_meanwhile() {
    let world = World::new().await;
    let recorder = Recorder::new();
    let service = world.relay_and_consumer(recorder.clone());
    let raw = queue_of(&world, &service).await;

    let failing = world.append("fail-always").await;
    world.append("fine").await;

    assert_eq!(world.effects_reach(1).await, ["fine"]);
    assert_eq!(raw.waiting(".dead").await, 0, "the other event had to wait for this one's end");
    let dead = raw.dead_letter().await;
    assert_eq!(dead.properties.message_id().as_ref().unwrap().as_str(), failing.to_string());
    assert_eq!(header(&dead, "cause"), "asked to fail");
    assert_eq!(header(&dead, "attempts"), "5");
    assert_eq!(header(&dead, "original-routing-key"), "journal.test.v1.Noted");
    eventually("the end of the event that failed", async || (world.count("inbox").await == 2).then_some(()))
        .await;
    assert_eq!(recorder.begun(), 6);
    assert_eq!(world.effects().await, ["fine"]);
    assert_eq!(world.given_up().await, [("fail-always".to_owned(), "asked to fail".to_owned())]);
    assert_eq!(world.count("inbox_attempts").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_fails_and_then_succeeds_takes_effect_once() {
    let world = World::new().await;
    let recorder = Recorder::new();
    let _service = world.relay_and_consumer(recorder.clone());

    world.append("fail-at first").await;
    eventually("a second attempt", async || (recorder.begun() >= 2).then_some(())).await;
    recorder.heal();

    assert_eq!(world.effects_reach(1).await, ["fail-at first"]);
    assert_eq!(world.count("inbox_attempts").await, 0);
    assert_eq!(world.given_up().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handler_that_panics_is_called_again() {
    let world = World::new().await;
    let recorder = Recorder::new();
    let _service = world.relay_and_consumer(recorder.clone());

    world.append("panic-at first").await;
    let error: String = eventually("the panic's words", async || {
        let query = "SELECT last_error FROM inbox_attempts WHERE queue = $1";
        sqlx::query_scalar(query).bind(QUEUE).fetch_optional(&world.db.pool).await.unwrap()
    })
    .await;
    recorder.heal();

    assert_eq!(error, "the handler panicked: asked to panic");
    assert_eq!(world.effects_reach(1).await, ["panic-at first"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejected_event_rests_at_once() {
    let world = World::new().await;
    let recorder = Recorder::new();
    let service = world.relay_and_consumer(recorder.clone());
    let raw = queue_of(&world, &service).await;

    world.append("reject-this").await;

    let dead = raw.dead_letter().await;
    assert_eq!(header(&dead, "cause"), "asked to reject");
    eventually("its state", async || (!world.given_up().await.is_empty()).then_some(())).await;
    assert_eq!(recorder.begun(), 1);
    assert_eq!(world.effects().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_cannot_even_be_given_up_rests_all_the_same() {
    let world = World::new().await;
    let service = world.relay_and_consumer(Recorder::new());
    let raw = queue_of(&world, &service).await;

    world.append("reject-stubborn").await;

    raw.dead_letter().await;
    eventually("its end", async || (world.count("inbox").await == 1).then_some(())).await;
    assert_eq!(world.given_up().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_event_rests_at_once() {
    let world = World::new().await;
    let recorder = Recorder::new();
    let service = world.consumer(recorder.clone());
    let raw = queue_of(&world, &service).await;
    let note = Noted::new("good").encode_to_vec();
    let of_another_kind = BasicProperties::default()
        .with_message_id(Uuid::now_v7().to_string().into())
        .with_type("other".into());

    raw.send(properties(Uuid::now_v7()), b"\xff\xff\xff").await;
    raw.send(of_another_kind, &note).await;
    raw.send(BasicProperties::default().with_type(Noted::full_name().into()), &note).await;

    let mut causes = Vec::new();
    for _ in 0..3 {
        causes.push(header(&raw.dead_letter().await, "cause"));
    }
    causes.sort();
    assert!(causes[0].starts_with("it cannot be decoded: "), "{causes:?}");
    assert_eq!(causes[1..], ["it is a other, not a journal.test.v1.Noted", "the message id is not a UUID"]);
    assert_eq!(recorder.begun(), 0);
}
