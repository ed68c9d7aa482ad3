//! The whole inbox is read.

use crate::{
    inbox,
    support::{Ground, User},
};
use journal_proto::notifications::v1::MarkAllReadRequest;

#[tokio::test]
async fn everything_of_the_caller_is_read_and_nothing_of_others() {
    let ground = Ground::new("read_all").await;
    let (instance, user, other) = (ground.instance().await, User::new(), User::new());
    inbox::fill(ground.every_row(), &user, 3).await;
    inbox::fill(ground.every_row(), &other, 2).await;
    let mut marked = Vec::new();

    for _ in 0..2 {
        let answer = instance.client.clone().mark_all_read(user.asks(MarkAllReadRequest {})).await.unwrap();
        marked.push(answer.into_inner().marked);
    }

    assert_eq!(marked, [3, 0]);
    let read = ground.inbox(&instance, &user, 3).await.iter().filter(|n| n.read_at.is_some()).count();
    let others = ground.inbox(&instance, &other, 2).await.iter().filter(|n| n.read_at.is_some()).count();
    assert_eq!((read, others), (3, 0));
}
