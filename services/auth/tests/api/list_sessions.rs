//! `ListSessions`: the caller's live sessions, newest first.

use crate::support::{Auth, auth, login_of};
use journal_proto::auth::v1::{ListSessionsRequest, LoginRequest, Session};

async fn sessions(auth: &Auth, access_token: &str) -> Vec<Session> {
    let request = testing::with_bearer(ListSessionsRequest {}, access_token);
    auth.client.clone().list_sessions(request).await.unwrap().into_inner().sessions
}

fn ids(sessions: &[Session]) -> Vec<&str> {
    sessions.iter().map(|session| session.id.as_str()).collect()
}

#[tokio::test]
async fn the_newest_session_is_first_and_the_asking_one_is_marked() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    auth.signed_in("grace@example.com").await;
    let first = auth.login("ada@example.com").await;
    let phone = LoginRequest {
        device_name: "Phone".to_owned(),
        ip_address: "2001:db8::1".to_owned(),
        ..login_of("ada@example.com")
    };
    let (second, _) = auth.login_with(phone).await.unwrap();

    let listed = sessions(&auth, &first.access_token).await;

    assert_eq!(ids(&listed), [&second.session_id, &first.session_id]);
    assert_eq!(listed.iter().map(|session| session.current).collect::<Vec<_>>(), [false, true]);
    assert_eq!((listed[0].device_name.as_str(), listed[0].ip_address.as_str()), ("Phone", "2001:db8::1"));
    let (created, expires) = (listed[0].created_at.unwrap(), listed[0].expires_at.unwrap());
    assert_eq!(expires.seconds - created.seconds, 90 * 24 * 60 * 60);
    assert_eq!(listed[0].last_used_at, listed[0].created_at);
}

#[tokio::test]
async fn a_refresh_shows_as_use() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;

    let tokens = auth.refresh(&tokens.refresh_token).await.unwrap();

    let listed = sessions(&auth, &tokens.access_token).await;
    let (created, used) = (listed[0].created_at.unwrap(), listed[0].last_used_at.unwrap());
    assert!((used.seconds, used.nanos) > (created.seconds, created.nanos));
}

#[tokio::test]
async fn what_has_ended_or_can_no_longer_be_refreshed_is_not_listed() {
    let auth = auth().await;
    let asking = auth.signed_in("ada@example.com").await;
    let (out, idle, old) = (
        auth.login("ada@example.com").await,
        auth.login("ada@example.com").await,
        auth.login("ada@example.com").await,
    );
    assert_eq!(sessions(&auth, &asking.access_token).await.len(), 4);

    auth.logout(&out.refresh_token).await;
    auth.arrange("UPDATE refresh_tokens SET expires_at = now() WHERE session_id = $1", &idle.session_id)
        .await;
    auth.arrange("UPDATE sessions SET expires_at = now() WHERE id = $1", &old.session_id).await;

    assert_eq!(ids(&sessions(&auth, &asking.access_token).await), [&asking.session_id]);
}
