//! More sign-ins at once than the hashing bulkhead takes.

use crate::support::{Client, auth, field_of, login_of, reason_of};
use journal_proto::auth::v1::{LoginRequest, RegisterRequest};
use tokio::task::JoinSet;
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

const STORM: usize = 300;

fn storm(client: &Client) -> JoinSet<Result<(), Status>> {
    let mut calls = JoinSet::new();
    for n in 0..STORM {
        let mut client = client.clone();
        // Each from an address of its own: the throttle is another matter.
        let ip_address = format!("198.51.{}.{}", n / 250, n % 250);
        let request = LoginRequest { ip_address, ..login_of(&format!("nobody{n}@example.com")) };
        calls.spawn(async move { client.login(request).await.map(|_| ()) });
    }
    calls
}

#[tokio::test(flavor = "multi_thread")]
async fn a_storm_of_sign_ins_is_refused_with_a_time_to_come_back_and_then_it_is_calm_again() {
    let auth = auth().await;
    auth.register("ada@example.com").await;

    let outcomes = storm(&auth.client).join_all().await;

    let refused: Vec<Status> = outcomes.into_iter().map(Result::unwrap_err).collect();
    let (overloaded, judged): (Vec<_>, Vec<_>) =
        refused.into_iter().partition(|status| status.code() == Code::Unavailable);
    assert!(!overloaded.is_empty() && !judged.is_empty(), "{} refused", overloaded.len());
    for status in overloaded {
        assert_eq!(reason_of(&status, Code::Unavailable), "overloaded");
        assert!(status.get_details_retry_info().unwrap().retry_delay.is_some());
    }
    for status in judged {
        assert_eq!(reason_of(&status, Code::Unauthenticated), "invalid-credentials");
    }
    auth.login_with(login_of("ada@example.com")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_needs_no_hash_is_answered_during_a_storm() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let mut calls = storm(&auth.client);
    calls.join_next().await.unwrap().unwrap().unwrap_err();
    let huge = "x".repeat(1 << 20);

    let login = LoginRequest { password: huge.clone(), ..login_of("ada@example.com") };
    let register =
        RegisterRequest { email: "x@example.com".to_owned(), password: huge, display_name: String::new() };
    let login = auth.login_with(login).await.unwrap_err();
    let register = auth.client.clone().register(register).await.unwrap_err();
    let refreshed = auth.refresh(&tokens.refresh_token).await.unwrap();

    assert_eq!((field_of(&login).as_str(), field_of(&register).as_str()), ("password", "password"));
    auth.me(&refreshed.access_token).await.unwrap();
}
