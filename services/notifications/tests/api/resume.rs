//! A screen that loses its connection again and again misses nothing.

use crate::{
    catalogue::statistics_updated,
    support::{Ground, User, append, data, next},
};
use futures_util::future::join_all;
use std::collections::BTreeSet;

const EVENTS: i64 = 500;
const WRITERS: i64 = 5;
const RECONNECT_AFTER: u64 = 25;

#[tokio::test]
async fn a_screen_that_reconnects_while_messages_pour_in_gets_each_once_and_in_order() {
    let mut ground = Ground::new("resume").await;
    let (a, b, user) = (ground.instance().await, ground.instance().await, User::new());
    ground.publish(&statistics_updated(&user, 0)).await;

    let writers = join_all((0..WRITERS).map(|writer| {
        let (pool, user) = (ground.outbox(), &user);
        async move {
            for revision in (1..=EVENTS).filter(|revision| revision % WRITERS == writer) {
                append(pool, &[statistics_updated(user, revision)]).await;
            }
        }
    }));
    let reader = async {
        let (mut last, mut connections, mut revisions) = (0, 0, BTreeSet::new());
        while last < EVENTS.cast_unsigned() + 1 {
            let instance = if connections % 2 == 0 { &a } else { &b };
            let (mut messages, hello) = instance.subscribe(&user, Some(last)).await;
            assert_eq!(hello["resumed"], true);
            connections += 1;
            let until = (last + RECONNECT_AFTER).min(EVENTS.cast_unsigned() + 1);
            while last < until {
                let message = next(&mut messages).await;
                assert_eq!(message.seq, last + 1);
                last = message.seq;
                assert!(
                    revisions.insert(data(&message)["revision"].as_i64().unwrap()),
                    "a message came twice"
                );
            }
        }
        (connections, revisions)
    };
    let (_, (connections, revisions)) = tokio::join!(writers, reader);

    assert!(connections > 20, "{connections} connections");
    assert_eq!(revisions, (0..=EVENTS).collect());
}
