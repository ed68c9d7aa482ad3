//! The inbox, page by page.

use crate::{
    inbox,
    support::{Client, Ground, User, code_and_field},
};
use journal_proto::notifications::v1::{
    ListNotificationsRequest, ListNotificationsResponse, MarkReadRequest,
};
use tonic::Code;

async fn list(client: &Client, user: &User, request: ListNotificationsRequest) -> ListNotificationsResponse {
    client.clone().list_notifications(user.asks(request)).await.unwrap().into_inner()
}

fn ids(answer: &ListNotificationsResponse) -> Vec<String> {
    answer.notifications.iter().map(|notification| notification.id.clone()).collect()
}

#[tokio::test]
async fn pages_follow_each_other_and_do_not_shift_when_something_new_arrives() {
    let ground = Ground::new("list_pages").await;
    let (instance, user) = (ground.instance().await, User::new());
    let expected: Vec<String> =
        inbox::fill(ground.every_row(), &user, 5).await.iter().map(ToString::to_string).collect();

    let first =
        list(&instance.client, &user, ListNotificationsRequest { limit: 2, ..Default::default() }).await;
    inbox::fill(ground.every_row(), &user, 1).await;
    let rest =
        ListNotificationsRequest { limit: 200, cursor: first.next_cursor.clone(), ..Default::default() };
    let rest = list(&instance.client, &user, rest).await;

    assert_eq!(ids(&first), expected[..2]);
    assert_eq!(ids(&rest), expected[2..]);
    assert_eq!((first.unread, rest.unread), (5, 6));
    assert_eq!(rest.next_cursor, "");
}

#[tokio::test]
async fn only_unread_notifications_are_listed_when_asked_for() {
    let ground = Ground::new("list_unread").await;
    let (instance, user) = (ground.instance().await, User::new());
    let found = inbox::fill(ground.every_row(), &user, 3).await;
    let read = MarkReadRequest { notification_id: found[1].to_string() };
    instance.client.clone().mark_read(user.asks(read)).await.unwrap();

    let unread = ListNotificationsRequest { unread_only: true, ..Default::default() };
    let unread = list(&instance.client, &user, unread).await;
    let all = list(&instance.client, &user, ListNotificationsRequest::default()).await;

    assert_eq!(ids(&unread), [found[0].to_string(), found[2].to_string()]);
    assert_eq!((unread.unread, all.unread), (2, 2));
    let read_at: Vec<bool> = all.notifications.iter().map(|n| n.read_at.is_some()).collect();
    assert_eq!(read_at, [false, true, false]);
}

#[tokio::test]
async fn nobody_sees_the_inbox_of_another() {
    let ground = Ground::new("list_others").await;
    let (instance, user, stranger) = (ground.instance().await, User::new(), User::new());
    inbox::fill(ground.every_row(), &user, 3).await;
    let page = ListNotificationsRequest { limit: 1, ..Default::default() };
    let cursor = list(&instance.client, &user, page).await.next_cursor;

    for cursor in [String::new(), cursor] {
        let request = ListNotificationsRequest { cursor, ..Default::default() };
        let answer = list(&instance.client, &stranger, request).await;
        assert_eq!(answer, ListNotificationsResponse::default());
    }
}

#[tokio::test]
async fn a_malformed_page_is_refused_by_field() {
    let ground = Ground::new("list_garbage").await;
    let (instance, user) = (ground.instance().await, User::new());
    let long = "A".repeat(100_000);

    for cursor in ["nonsense", "\0", "%00", "'; DROP TABLE notifications", long.as_str()] {
        let request = ListNotificationsRequest { cursor: cursor.to_owned(), ..Default::default() };
        let refused = instance.client.clone().list_notifications(user.asks(request)).await.unwrap_err();
        assert_eq!(code_and_field(&refused), (Code::InvalidArgument, "cursor".to_owned()));
    }
    let request = ListNotificationsRequest { limit: 201, ..Default::default() };
    let refused = instance.client.clone().list_notifications(user.asks(request)).await.unwrap_err();
    assert_eq!(code_and_field(&refused), (Code::InvalidArgument, "limit".to_owned()));
}
