//! Login: the right password opens a session, and nothing else tells anything.

use crate::support::{Auth, PASSWORD, auth, field_of, login_of, reason_of, registration};
use journal_proto::auth::v1::{ListSessionsRequest, LoginRequest, RegisterRequest};
use tonic::Code;

#[tokio::test]
async fn the_right_password_opens_a_session_of_its_own_each_time() {
    let auth = auth().await;
    auth.register("ada@example.com").await;

    let (first, user) = auth.login_with(login_of("ada@example.com")).await.unwrap();
    let (second, _) = auth.login_with(login_of("ada@example.com")).await.unwrap();

    assert_ne!(first.session_id, second.session_id);
    assert_eq!((first.expires_in, first.refresh_expires_in), (300, 14 * 24 * 60 * 60));
    assert_eq!(auth.me(&first.access_token).await.unwrap(), user);
    assert_eq!((user.email.as_str(), user.display_name.as_str()), ("ada@example.com", "Ada"));
    assert_eq!(auth.usable_tokens(&first.session_id).await, 1);
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_password_are_answered_alike() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    let wrong = LoginRequest { password: format!("{PASSWORD}!"), ..login_of("ada@example.com") };

    let wrong = auth.login_with(wrong).await.unwrap_err();
    let unknown = auth.login_with(login_of("grace@example.com")).await.unwrap_err();

    assert_eq!(reason_of(&wrong, Code::Unauthenticated), "invalid-credentials");
    assert_eq!((wrong.message(), wrong.details()), (unknown.message(), unknown.details()));
    assert_eq!(unknown.code(), Code::Unauthenticated);
}

#[tokio::test]
async fn an_unknown_address_costs_a_hash() {
    runtime::telemetry::install_metrics().unwrap();
    let auth = auth().await;
    let before = hashes();

    auth.login_with(login_of("nobody@example.com")).await.unwrap_err();

    assert!(hashes() > before, "{before} hashes before and after");
}

/// Hashes of this process so far.
fn hashes() -> u64 {
    let rendered = runtime::telemetry::render_metrics();
    let count =
        rendered.lines().find_map(|line| line.strip_prefix("auth_password_hash_duration_seconds_count "));
    count.map_or(0, |count| count.parse().unwrap())
}

#[tokio::test]
async fn a_login_makes_an_older_hash_anew_and_a_wrong_password_does_not() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    let made_anew = stored(&auth).await;
    assert_eq!(made_anew.1.as_deref(), Some("new"));
    let old = hash_of_another_day(PASSWORD);
    sqlx::query("UPDATE users SET password_hash = $1, password_key_id = NULL")
        .bind(&old)
        .execute(&auth.owner)
        .await
        .unwrap();

    let wrong = LoginRequest { password: format!("{PASSWORD}!"), ..login_of("ada@example.com") };
    auth.login_with(wrong).await.unwrap_err();
    assert_eq!(stored(&auth).await, (old, None));
    auth.login("ada@example.com").await;

    let (phc, key_id) = stored(&auth).await;
    assert!(phc.starts_with("$argon2id$v=19$m=47104,t=1,p=1$"), "{phc}");
    assert_eq!(key_id.as_deref(), Some("new"));
    auth.login("ada@example.com").await;
    assert_eq!(stored(&auth).await.0, phc);
}

/// Without a pepper, and with less memory.
fn hash_of_another_day(password: &str) -> String {
    use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, Version};
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(4096, 1, 1, None).unwrap());
    argon2.hash_password(password.as_bytes()).unwrap().to_string()
}

/// The only user's hash, and the id of its pepper.
async fn stored(auth: &Auth) -> (String, Option<String>) {
    sqlx::query_as("SELECT password_hash, password_key_id FROM users").fetch_one(&auth.owner).await.unwrap()
}

#[tokio::test]
async fn the_two_ways_to_compose_a_letter_are_one_password() {
    let auth = auth().await;
    let register = RegisterRequest {
        password: "gru\u{308}ne Bäume im Mai".to_owned(),
        ..registration("ada@example.com")
    };
    auth.client.clone().register(register).await.unwrap();
    let with = |password: &str| {
        auth.login_with(LoginRequest { password: password.to_owned(), ..login_of("ada@example.com") })
    };

    assert!(with("grüne Bäume im Mai").await.is_ok());
    assert!(with("grüne Ba\u{308}ume im Mai").await.is_ok());
    assert!(with("grune Baume im Mai").await.is_err());
}

#[tokio::test]
async fn every_character_of_a_long_password_counts() {
    let auth = auth().await;
    let long = "correct horse battery ".repeat(6).chars().take(127).collect::<String>();
    let register = RegisterRequest { password: format!("{long}a"), ..registration("ada@example.com") };
    auth.client.clone().register(register).await.unwrap();
    let with = |password: String| auth.login_with(LoginRequest { password, ..login_of("ada@example.com") });

    assert!(with(format!("{long}a")).await.is_ok());
    assert!(with(format!("{long}b")).await.is_err());
    assert!(with(long.clone()).await.is_err());
}

#[tokio::test]
async fn garbage_is_refused_by_field_or_as_a_wrong_password() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    let good = || login_of("ada@example.com");

    for email in ["", "ada", "ada\0@example.com", &"a".repeat(1 << 20)] {
        let refused = auth.login_with(LoginRequest { email: email.to_owned(), ..good() }).await.unwrap_err();
        assert_eq!(field_of(&refused), "email");
    }
    let huge = LoginRequest { password: "x".repeat(1 << 20), ..good() };
    assert_eq!(field_of(&auth.login_with(huge).await.unwrap_err()), "password");
    for password in ["", "short", "\0", &format!("{PASSWORD}\0")] {
        let request = LoginRequest { password: password.to_owned(), ..good() };
        let refused = auth.login_with(request).await.unwrap_err();
        assert_eq!(reason_of(&refused, Code::Unauthenticated), "invalid-credentials");
    }
}

#[tokio::test]
async fn a_strange_device_is_shown_as_far_as_it_can_be_and_keeps_nobody_out() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    let strange = LoginRequest {
        device_name: format!("Fire\0fox\n{}", "x".repeat(1 << 20)),
        ip_address: "not an address\0".to_owned(),
        ..login_of("ada@example.com")
    };

    let (tokens, _) = auth.login_with(strange).await.unwrap();

    let request = testing::with_bearer(ListSessionsRequest {}, &tokens.access_token);
    let sessions = auth.client.clone().list_sessions(request).await.unwrap().into_inner().sessions;
    assert_eq!((sessions[0].device_name.len(), sessions[0].ip_address.as_str()), (200, ""));
    assert!(sessions[0].device_name.starts_with("Firefoxx"));
}
