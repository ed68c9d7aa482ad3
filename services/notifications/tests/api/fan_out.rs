//! Whichever instance handles an event, the user's screens on every instance hear of it.

use crate::{
    catalogue::statistics_updated,
    support::{Ground, User, data, next},
};
use journal_proto::notifications::v1::LiveMessage;
use std::time::{Duration, Instant};
use testing::eventually;
use tonic::Streaming;

const MESSAGES: i64 = 20;
/// Without hints between the instances each message would wait half a second on average for the next look.
const AT_ONCE: Duration = Duration::from_secs(5);

/// How long it takes in all until both hear each of [`MESSAGES`] messages, one after the other.
async fn time_to_hear(
    ground: &mut Ground,
    user: &User,
    mut listening: [&mut Streaming<LiveMessage>; 2],
    first: i64,
) -> Duration {
    let mut waited = Duration::ZERO;
    for revision in first..first + MESSAGES {
        ground.publish(&statistics_updated(user, revision)).await;
        let started = Instant::now();
        for messages in &mut listening {
            assert_eq!(data(&next(messages).await)["revision"], revision);
        }
        waited += started.elapsed();
    }
    waited
}

/// Waits until both hear at once: a busy machine may need several rounds.
async fn hear_at_once(
    ground: &mut Ground,
    user: &User,
    [one, other]: [&mut Streaming<LiveMessage>; 2],
    mut first: i64,
) {
    eventually("both hear at once", async || {
        let waited = time_to_hear(ground, user, [&mut *one, &mut *other], first).await;
        first += MESSAGES;
        (waited < AT_ONCE).then_some(())
    })
    .await;
}

#[tokio::test]
async fn what_one_instance_handles_is_heard_on_both_at_once() {
    let mut ground = Ground::new("fan_out").await;
    let (a, b, user) = (ground.instance().await, ground.instance().await, User::new());
    let (mut on_a, _) = a.subscribe(&user, None).await;
    let (mut on_b, _) = b.subscribe(&user, None).await;
    ground.publish(&statistics_updated(&user, 0)).await;
    next(&mut on_a).await;
    next(&mut on_b).await;

    hear_at_once(&mut ground, &user, [&mut on_a, &mut on_b], 1).await;
}

#[tokio::test]
async fn when_redis_was_away_nothing_is_missed_and_afterwards_both_hear_at_once_again() {
    let mut ground = Ground::new("fan_out_returns").await;
    let redis = ground.put_proxy_before_redis().await;
    let (a, b, user) = (ground.instance().await, ground.instance().await, User::new());
    let (mut on_a, _) = a.subscribe(&user, None).await;
    let (mut on_b, _) = b.subscribe(&user, None).await;

    redis.shut();
    time_to_hear(&mut ground, &user, [&mut on_a, &mut on_b], 0).await;
    redis.open();

    hear_at_once(&mut ground, &user, [&mut on_a, &mut on_b], MESSAGES).await;
}

#[tokio::test]
async fn without_redis_both_instances_still_hear_everything_in_order() {
    let mut ground = Ground::new("fan_out_deaf").await.without_redis();
    let (a, b, user) = (ground.instance().await, ground.instance().await, User::new());
    let (mut on_a, _) = a.subscribe(&user, None).await;
    let (mut on_b, _) = b.subscribe(&user, None).await;

    for revision in 1..=MESSAGES {
        ground.publish(&statistics_updated(&user, revision)).await;
    }

    for messages in [&mut on_a, &mut on_b] {
        let mut revisions = Vec::new();
        for seq in 1..=MESSAGES.cast_unsigned() {
            let message = next(messages).await;
            assert_eq!(message.seq, seq);
            revisions.push(data(&message)["revision"].as_i64().unwrap());
        }
        revisions.sort_unstable();
        assert_eq!(revisions, (1..=MESSAGES).collect::<Vec<_>>());
    }
}
