//! Logout: the session of the token ends, and nothing of it survives.

use crate::support::{auth, reason_of, refresh, rounds};
use journal_proto::auth::v1::{LogoutRequest, SessionRevoked};
use std::time::Duration;
use tonic::Code;

#[tokio::test]
async fn logout_ends_the_session_and_no_other() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let bystander = auth.login("ada@example.com").await;

    auth.logout(&tokens.refresh_token).await;

    let refused = auth.refresh(&tokens.refresh_token).await.unwrap_err();
    assert_eq!(reason_of(&refused, Code::Unauthenticated), "invalid-refresh-token");
    let refused = auth.me(&tokens.access_token).await.unwrap_err();
    assert_eq!(reason_of(&refused, Code::Unauthenticated), "session-ended");
    auth.me(&bystander.access_token).await.unwrap();
    auth.refresh(&bystander.refresh_token).await.unwrap();
}

#[tokio::test]
async fn others_are_told_once_however_often_one_signs_out() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;

    for _ in 0..3 {
        auth.logout(&tokens.refresh_token).await;
    }

    let told: Vec<SessionRevoked> = auth.told().await;
    assert_eq!(told.len(), 1);
    assert_eq!((&told[0].session_id, told[0].reason.as_str()), (&tokens.session_id, "logout"));
}

#[tokio::test]
async fn an_older_token_of_the_session_will_do() {
    let auth = auth().await;
    let first = auth.signed_in("ada@example.com").await;
    let second = auth.refresh(&first.refresh_token).await.unwrap();

    auth.logout(&first.refresh_token).await;

    assert_eq!(auth.end_of(&first.session_id).await.as_deref(), Some("logout"));
    assert!(auth.refresh(&second.refresh_token).await.is_err());
}

#[tokio::test]
async fn the_session_of_the_access_token_ends_as_well_whatever_the_refresh_token_is() {
    let auth = auth().await;
    let (one, other) = (auth.signed_in("ada@example.com").await, auth.login("ada@example.com").await);
    let out = async |refresh_token: &str, access_token: &str| {
        let request =
            LogoutRequest { refresh_token: refresh_token.to_owned(), access_token: access_token.to_owned() };
        auth.client.clone().logout(request).await.unwrap().into_inner().session_ids
    };

    for garbage in ["", "\0", &one.refresh_token] {
        assert_eq!(out("garbage", garbage).await, Vec::<String>::new());
    }
    assert_eq!(auth.end_of(&one.session_id).await, None);
    assert_eq!(out("garbage", &one.access_token).await, [one.session_id.as_str()]);
    assert_eq!(auth.end_of(&one.session_id).await.as_deref(), Some("logout"));
    let third = auth.login("ada@example.com").await;
    let both = [other.session_id.as_str(), third.session_id.as_str()];
    assert_eq!(out(&other.refresh_token, &third.access_token).await, both);
    for session in both {
        assert_eq!(auth.end_of(session).await.as_deref(), Some("logout"));
    }
}

#[tokio::test]
async fn no_key_ends_by_a_logout() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let key = auth.key_of(&tokens.access_token).await;
    let access_token = auth.token_of_key(&key).await.unwrap();

    let request = LogoutRequest { refresh_token: String::new(), access_token };
    let ended = auth.client.clone().logout(request).await.unwrap().into_inner().session_ids;

    assert_eq!(ended, Vec::<String>::new());
    auth.token_of_key(&key).await.unwrap();
}

#[tokio::test]
async fn a_token_that_we_never_issued_is_fine() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;

    for token in ["", "\0", &tokens.access_token, &"A".repeat(43), &"A".repeat(1 << 20)] {
        auth.logout(token).await;
    }

    auth.me(&tokens.access_token).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_survives_a_logout_among_refreshes() {
    let auth = auth().await;
    let (_running, other) = auth.another_instance().await;
    auth.register("ada@example.com").await;

    for round in 0..rounds(20, 200) {
        let tokens = auth.login("ada@example.com").await;
        // An honest client that goes on as long as it can, on another instance.
        let (client, mut newest) = (other.clone(), tokens.clone());
        let chain = tokio::spawn(async move {
            while let Ok(answer) = refresh(&client, &newest.refresh_token).await {
                newest = answer.tokens.unwrap();
            }
            newest
        });
        let mut out = auth.client.clone();
        out.logout(LogoutRequest { refresh_token: tokens.refresh_token.clone(), ..LogoutRequest::default() })
            .await
            .unwrap();
        let newest =
            tokio::time::timeout(Duration::from_mins(1), chain).await.expect("refreshes end").unwrap();

        assert_eq!(auth.usable_tokens(&tokens.session_id).await, 0, "round {round}");
        assert_eq!(auth.end_of(&tokens.session_id).await.as_deref(), Some("logout"), "round {round}");
        assert!(auth.me(&newest.access_token).await.is_err(), "round {round}");
        assert!(auth.refresh(&newest.refresh_token).await.is_err(), "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_survives_a_logout_among_twenty_refreshes_of_one_token() {
    let auth = auth().await;
    auth.register("ada@example.com").await;

    for round in 0..rounds(20, 200) {
        let tokens = auth.login("ada@example.com").await;
        let mut calls = tokio::task::JoinSet::new();
        for n in 0..21 {
            let (mut client, token) = (auth.client.clone(), tokens.refresh_token.clone());
            calls.spawn(async move {
                if n == 10 {
                    client
                        .logout(LogoutRequest { refresh_token: token, ..LogoutRequest::default() })
                        .await
                        .unwrap();
                } else {
                    let _ = refresh(&client, &token).await;
                }
            });
        }
        calls.join_all().await;

        assert_eq!(auth.usable_tokens(&tokens.session_id).await, 0, "round {round}");
        assert!(auth.me(&tokens.access_token).await.is_err(), "round {round}");
    }
}
