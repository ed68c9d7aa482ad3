//! No valid token, no call.

use crate::support::{Ground, User};
use identity::{Issuer, SessionId, UserId};
use journal_proto::notifications::v1::{
    GetPreferencesRequest, ListNotificationsRequest, MarkAllReadRequest, MarkReadRequest, Preferences,
    SubscribeRequest,
};
use runtime::Clock;
use testing::with_bearer;
use tonic::{Code, Request};
use uuid::Uuid;

/// Makes every call with requests that `dressed` made, and asserts that each is refused.
macro_rules! assert_all_refused {
    ($client:expr, $dressed:expr) => {
        let client = &$client;
        let codes = [
            client.clone().list_notifications($dressed.of(ListNotificationsRequest::default())).await.err(),
            client.clone().mark_read($dressed.of(MarkReadRequest::default())).await.err(),
            client.clone().mark_all_read($dressed.of(MarkAllReadRequest {})).await.err(),
            client.clone().get_preferences($dressed.of(GetPreferencesRequest {})).await.err(),
            client.clone().put_preferences($dressed.of(Preferences::default())).await.err(),
            client.clone().subscribe($dressed.of(SubscribeRequest::default())).await.err(),
        ]
        .map(|status| status.map(|status| status.code()));
        assert_eq!(codes, [Some(Code::Unauthenticated); 6], "{:?}", $dressed);
    };
}

#[derive(Debug)]
enum Dress {
    Nothing,
    Header(&'static str, String),
    Token(String),
}

impl Dress {
    fn of<T>(&self, message: T) -> Request<T> {
        match self {
            Self::Nothing => Request::new(message),
            Self::Token(token) => with_bearer(message, token),
            Self::Header(name, value) => {
                let mut request = Request::new(message);
                request.metadata_mut().insert(*name, value.parse().unwrap());
                request
            }
        }
    }
}

#[tokio::test]
async fn every_call_needs_a_token_of_ours() {
    let ground = Ground::new("tokens").await;
    let (instance, user) = (ground.instance().await, User::new());
    let good = testing::token(user.id);
    let (head, tail) = good.split_at(good.len() - 10);
    let altered = format!("{head}{}", tail.chars().rev().collect::<String>());

    for dress in [
        Dress::Nothing,
        Dress::Header("x-user-id", user.id.to_string()),
        Dress::Header("authorization", format!("Basic {good}")),
        Dress::Token("garbage".to_owned()),
        Dress::Token(altered),
        Dress::Token(signed_by_another(user.id)),
    ] {
        assert_all_refused!(instance.client, dress);
    }
}

fn signed_by_another(user: UserId) -> String {
    let issuer = Issuer::from_pem(&Issuer::generate_pem().unwrap(), Clock::system()).unwrap();
    issuer.issue(user, SessionId(Uuid::now_v7())).unwrap().0
}
