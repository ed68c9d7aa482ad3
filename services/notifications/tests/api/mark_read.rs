//! One notification is read.

use crate::{
    inbox,
    support::{Ground, User, code_and_reason},
};
use journal_proto::notifications::v1::MarkReadRequest;
use time::OffsetDateTime;
use tonic::Code;
use uuid::Uuid;

fn request(id: &str) -> MarkReadRequest {
    MarkReadRequest { notification_id: id.to_owned() }
}

#[tokio::test]
async fn reading_twice_keeps_the_first_time() {
    let ground = Ground::new("read_twice").await;
    let (instance, user) = (ground.instance().await, User::new());
    let id = inbox::fill(ground.every_row(), &user, 1).await[0];
    let mut times: Vec<OffsetDateTime> = Vec::new();

    for _ in 0..2 {
        instance.client.clone().mark_read(user.asks(request(&id.to_string()))).await.unwrap();
        let read_at = sqlx::query_scalar("SELECT read_at FROM notifications WHERE id = $1").bind(id);
        times.push(read_at.fetch_one(ground.every_row()).await.unwrap());
    }

    assert_eq!(times[0], times[1]);
}

#[tokio::test]
async fn anothers_notification_is_as_missing_as_one_that_never_was() {
    let ground = Ground::new("read_others").await;
    let (instance, user, stranger) = (ground.instance().await, User::new(), User::new());
    let id = inbox::fill(ground.every_row(), &user, 1).await[0].to_string();
    let long = "9".repeat(10_000);
    let missing = Uuid::now_v7().to_string();

    for id in [id.as_str(), &missing, "", "\0", "not-an-id", &long] {
        let refused = instance.client.clone().mark_read(stranger.asks(request(id))).await.unwrap_err();
        assert_eq!(code_and_reason(&refused), (Code::NotFound, "not-found".to_owned()));
        assert_eq!(refused.message(), "no such notification");
    }
    assert_eq!(ground.inbox(&instance, &user, 1).await[0].read_at, None);
}
