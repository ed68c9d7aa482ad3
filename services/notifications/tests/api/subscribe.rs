//! How a subscription begins and ends.

use crate::support::{Ground, Instance, User, code_and_reason, data, next};
use journal_proto::notifications::v1::{LiveMessage, SubscribeRequest};
use serde_json::json;
use sqlx::PgPool;
use testing::eventually;
use tonic::{Code, Status, Streaming};

/// Appends `count` messages of some kilobytes to a user's empty stream.
async fn fill(pool: &PgPool, user: &User, count: i64) {
    let mut tx = pool.begin().await.unwrap();
    sqlx::query("INSERT INTO stream_heads (user_id, seq) VALUES ($1, $2)")
        .bind(user.id.0)
        .bind(count)
        .execute(&mut *tx)
        .await
        .unwrap();
    sqlx::query(
        "INSERT INTO stream_messages (user_id, seq, type, data)
         SELECT $1, seq, 'statistics.updated', jsonb_build_object('seq', seq, 'text', repeat('x', 4000))
         FROM generate_series(1, $2) AS seq",
    )
    .bind(user.id.0)
    .bind(count)
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

/// Reads to the end: numbers in order, and why there are no more.
async fn read_to_end(messages: &mut Streaming<LiveMessage>) -> (Vec<u64>, Status) {
    let mut numbers = Vec::new();
    loop {
        match messages.message().await {
            Ok(Some(message)) => numbers.push(message.seq),
            Ok(None) => panic!("the stream ended without a reason"),
            Err(status) => return (numbers, status),
        }
    }
}

#[tokio::test]
async fn the_greeting_tells_the_newest_number_and_whether_anything_is_missing() {
    let ground = Ground::new("greeting").await;
    let (instance, user) = (ground.instance().await, User::new());
    fill(ground.every_row(), &user, 5).await;
    sqlx::query("DELETE FROM stream_messages WHERE seq <= 2").execute(ground.every_row()).await.unwrap();

    for (since, resumed) in [
        (None, false),
        (Some(0), false),
        (Some(1), false),
        (Some(2), true),
        (Some(5), true),
        (Some(6), false),
        (Some(u64::MAX), false),
    ] {
        let (_, hello) = instance.subscribe(&user, since).await;
        assert_eq!(hello, json!({ "seq": 5, "resumed": resumed }), "since {since:?}");
    }
    let (_, hello) = instance.subscribe(&User::new(), Some(0)).await;
    assert_eq!(hello, json!({ "seq": 0, "resumed": true }));
}

#[tokio::test]
async fn what_followed_since_is_replayed_in_order() {
    let ground = Ground::new("replay").await;
    let (instance, user) = (ground.instance().await, User::new());
    fill(ground.every_row(), &user, 300).await;

    let (mut messages, _) = instance.subscribe(&user, Some(7)).await;

    for seq in 8..=300 {
        let message = next(&mut messages).await;
        assert_eq!((message.seq, data(&message)["seq"].as_u64()), (seq, Some(seq)));
    }
}

#[tokio::test]
async fn nobody_hears_the_stream_of_another() {
    let ground = Ground::new("others_stream").await;
    let (instance, user, stranger) = (ground.instance().await, User::new(), User::new());
    fill(ground.every_row(), &user, 3).await;

    let (mut messages, hello) = instance.subscribe(&stranger, Some(0)).await;
    fill(ground.every_row(), &stranger, 1).await;
    let first = next(&mut messages).await;

    assert_eq!(hello, json!({ "seq": 0, "resumed": true }));
    assert_eq!(first.seq, 1);
}

#[tokio::test]
async fn a_subscriber_that_does_not_read_is_cut_and_resumes_without_loss() {
    const COUNT: u64 = 2_500;
    let ground = Ground::new("slow").await;
    let (instance, user) = (ground.instance().await, User::new());
    fill(ground.every_row(), &user, COUNT.cast_signed()).await;
    let (mut messages, _) = instance.subscribe(&user, Some(0)).await;

    eventually("the subscriber is cut", async || {
        let cut = r#"live_subscriptions_ended_total{reason="slow-consumer"} 1"#;
        runtime::telemetry::render_metrics().contains(cut).then_some(())
    })
    .await;
    let (numbers, reason) = read_to_end(&mut messages).await;
    let last = *numbers.last().unwrap();
    let (mut rest, hello) = instance.subscribe(&user, Some(last)).await;

    assert_eq!(code_and_reason(&reason), (Code::ResourceExhausted, "slow-consumer".to_owned()));
    assert!(last < COUNT, "nothing was left to resume");
    assert_eq!(numbers, (1..=last).collect::<Vec<_>>());
    assert_eq!(hello["resumed"], true);
    for seq in last + 1..=COUNT {
        assert_eq!(next(&mut rest).await.seq, seq);
    }
}

#[tokio::test]
async fn an_instance_that_stops_says_so_to_its_subscribers_and_stops_well() {
    let ground = Ground::new("going_away").await;
    let (Instance { client, running }, user) = (ground.instance().await, User::new());
    let mut streams = Vec::new();
    for _ in 0..3 {
        let request = user.asks(SubscribeRequest { since: None });
        let mut messages = client.clone().subscribe(request).await.unwrap().into_inner();
        next(&mut messages).await;
        streams.push(messages);
    }

    running.stop().await;

    for messages in &mut streams {
        let (numbers, reason) = read_to_end(messages).await;
        assert!(numbers.is_empty(), "{numbers:?}");
        assert_eq!(code_and_reason(&reason), (Code::Unavailable, "going-away".to_owned()));
    }
}
