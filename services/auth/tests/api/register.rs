//! Register: who gets in, what is stored, and what a stranger cannot learn.

use crate::support::{PASSWORD, auth, field_of, login_of, reason_of, registration};
use journal_proto::auth::v1::{LoginRequest, RegisterRequest, UserRegistered};
use tonic::Code;

#[tokio::test]
async fn a_registered_user_signs_in_under_any_spelling_of_the_address() {
    let auth = auth().await;
    auth.register("  Ada@Example.com ").await;

    let (_, user) = auth.login_with(login_of("ADA@example.COM")).await.unwrap();

    assert_eq!((user.email.as_str(), user.display_name.as_str()), ("ada@example.com", "Ada"));
    let told: Vec<UserRegistered> = auth.told().await;
    assert_eq!(told.len(), 1);
    assert_eq!((&told[0].user_id, told[0].email.as_str()), (&user.id, "ada@example.com"));
    assert_eq!(told[0].registered_at, user.created_at);
}

#[tokio::test]
async fn a_taken_address_is_answered_like_a_free_one_and_nothing_changes() {
    let auth = auth().await;
    let other = RegisterRequest {
        password: "another password, just as long".to_owned(),
        display_name: "Mallory".to_owned(),
        ..registration("ada@example.com")
    };

    let free = auth.client.clone().register(registration("ada@example.com")).await.unwrap();
    let taken = auth.client.clone().register(other.clone()).await.unwrap();

    assert_eq!(free.get_ref(), taken.get_ref());
    let headers = |response: &tonic::Response<_>| -> Vec<String> {
        let _: &journal_proto::auth::v1::RegisterResponse = response.get_ref();
        response.metadata().keys().map(|key| format!("{key:?}")).collect()
    };
    assert_eq!(headers(&free), headers(&taken));
    let (_, user) = auth.login_with(login_of("ada@example.com")).await.unwrap();
    assert_eq!(user.display_name, "Ada");
    let intruder = LoginRequest { password: other.password, ..login_of("ada@example.com") };
    let refused = auth.login_with(intruder).await.unwrap_err();
    assert_eq!(reason_of(&refused, Code::Unauthenticated), "invalid-credentials");
    assert_eq!(auth.told::<UserRegistered>().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn registering_an_address_twenty_times_at_once_makes_one_user_and_one_event() {
    let auth = auth().await;
    let (_running, other) = auth.another_instance().await;
    let mut calls = tokio::task::JoinSet::new();
    for n in 0..20 {
        let mut client = if n % 2 == 0 { auth.client.clone() } else { other.clone() };
        calls.spawn(async move { client.register(registration("ada@example.com")).await });
    }

    for outcome in calls.join_all().await {
        outcome.unwrap();
    }

    let users: i64 = sqlx::query_scalar("SELECT count(*) FROM users").fetch_one(&auth.owner).await.unwrap();
    assert_eq!((users, auth.told::<UserRegistered>().await.len()), (1, 1));
}

#[tokio::test]
async fn the_password_is_stored_as_argon2id_of_46_mib_with_a_16_byte_salt() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    auth.register("grace@example.com").await;

    let stored: Vec<String> =
        sqlx::query_scalar("SELECT password_hash FROM users").fetch_all(&auth.owner).await.unwrap();

    let parts: Vec<Vec<&str>> = stored.iter().map(|phc| phc.split('$').collect()).collect();
    for part in &parts {
        assert_eq!(part[1..4], ["argon2id", "v=19", "m=47104,t=1,p=1"]);
        // 16 and 32 bytes in base64 without padding.
        assert_eq!((part[4].len(), part[5].len()), (22, 43));
    }
    assert_ne!(parts[0][4], parts[1][4], "two users share a salt");
}

#[tokio::test]
async fn what_cannot_be_taken_is_refused_by_field_and_leaves_nothing_behind() {
    let auth = auth().await;
    let good = || registration("ada@example.com");
    let email = |email: &str| RegisterRequest { email: email.to_owned(), ..good() };
    let password = |password: String| RegisterRequest { password, ..good() };
    let name = |display_name: String| RegisterRequest { display_name, ..good() };
    let table = [
        ("email", email("")),
        ("email", email("ada")),
        ("email", email("ada\0@example.com")),
        ("email", email("ada@example.com\r\nBcc: all@example.com")),
        ("email", email(&format!("{}@example.com", "a".repeat(1 << 20)))),
        ("password", password(String::new())),
        ("password", password("fourteen chars".to_owned())),
        ("password", password("correct horse battery ".repeat(6))),
        ("password", password("Password1Password2".to_owned())),
        ("password", password("ada@example.com".to_owned())),
        ("password", password("Trading Journal 2026".to_owned())),
        ("password", password("nul in\0the middle".to_owned())),
        ("password", password("x".repeat(1 << 20))),
        ("display_name", name("Ada\0".to_owned())),
        ("display_name", name("x".repeat(101))),
        ("display_name", name("x".repeat(1 << 20))),
    ];

    for (field, request) in table {
        let refused = auth.client.clone().register(request).await.unwrap_err();
        assert_eq!(field_of(&refused), field);
        assert!(!refused.message().contains(PASSWORD));
    }

    let users: i64 = sqlx::query_scalar("SELECT count(*) FROM users").fetch_one(&auth.owner).await.unwrap();
    assert_eq!((users, auth.told::<UserRegistered>().await.len()), (0, 0));
}
