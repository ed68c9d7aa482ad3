//! How often a password may be guessed: exact, for strangers' names too, and without locking anybody out.

use crate::support::{Auth, Client, PASSWORD, auth, login_of, reason_of};
use journal_proto::auth::v1::LoginRequest;
use tokio::task::JoinSet;
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

/// A wrong password for `email` from the address `ip_address`; empty: from an unknown one.
fn wrong(email: &str, ip_address: &str) -> LoginRequest {
    LoginRequest { password: format!("{PASSWORD}!"), ip_address: ip_address.to_owned(), ..login_of(email) }
}

fn seconds_to_wait(status: &Status) -> u64 {
    status.get_details_retry_info().unwrap().retry_delay.unwrap().as_secs()
}

/// Sends all requests at once, and those again for which the hashing bulkhead had no place, until the password was judged or
/// the throttle refused.
async fn all_judged(clients: &[Client], mut requests: Vec<LoginRequest>) -> Vec<Status> {
    let mut judged = Vec::new();
    while !requests.is_empty() {
        let mut calls = JoinSet::new();
        for (request, client) in requests.into_iter().zip(clients.iter().cycle()) {
            let mut client = client.clone();
            calls.spawn(async move { (client.login(request.clone()).await.unwrap_err(), request) });
        }
        let (refused, decided): (Vec<_>, Vec<_>) =
            calls.join_all().await.into_iter().partition(|(status, _)| status.code() == Code::Unavailable);
        judged.extend(decided.into_iter().map(|(status, _)| status));
        requests = refused.into_iter().map(|(_, request)| request).collect();
    }
    judged
}

/// Reasons of wrong logins one after the other.
async fn refusals(auth: &Auth, count: usize, request: impl Fn(usize) -> LoginRequest) -> Vec<String> {
    let mut reasons = Vec::new();
    for n in 0..count {
        let refused = auth.login_with(request(n)).await.unwrap_err();
        reasons.push(refused.get_details_error_info().unwrap().reason);
    }
    reasons
}

/// Makes all attempts older, as if the database's clock had gone on.
async fn time_passes(auth: &Auth, time: &str) {
    sqlx::query(
        "UPDATE attempts SET newest = newest - $1::interval,
             failed = ARRAY(SELECT at - $1::interval FROM unnest(failed) AS at),
             pending = ARRAY(SELECT at - $1::interval FROM unnest(pending) AS at)",
    )
    .bind(time)
    .execute(&auth.owner)
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_hundred_wrong_passwords_at_once_ten_are_looked_at_for_an_account_and_for_a_name_without_one()
{
    for registered in [true, false] {
        let auth = auth().await;
        if registered {
            auth.register("ada@example.com").await;
        }
        let (_running, other) = auth.another_instance().await;
        // From everywhere: no single address is conspicuous.
        let requests = (0..200).map(|n| wrong("ada@example.com", &format!("198.51.100.{n}"))).collect();

        let refused = all_judged(&[auth.client.clone(), other], requests).await;

        let (judged, throttled): (Vec<_>, Vec<_>) =
            refused.iter().partition(|status| status.code() == Code::Unauthenticated);
        assert_eq!((judged.len(), throttled.len()), (10, 190));
        for status in throttled {
            assert_eq!(reason_of(status, Code::ResourceExhausted), "too-many-attempts");
            assert!((1..=15 * 60).contains(&seconds_to_wait(status)));
        }
    }
}

#[tokio::test]
async fn a_restart_forgets_nothing_and_a_known_name_is_answered_like_an_unknown_one() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    let mut answers = Vec::new();
    for (n, email) in ["ada@example.com", "grace@example.com"].into_iter().enumerate() {
        let reasons = refusals(&auth, 10, |_| wrong(email, &format!("198.51.100.{n}"))).await;
        assert_eq!(reasons, ["invalid-credentials"; 10]);
    }

    let (_running, restarted) = auth.another_instance().await;
    for email in ["ada@example.com", " Ada@Example.com", "grace@example.com"] {
        // Even the right password.
        let request = LoginRequest { ip_address: "203.0.113.9".to_owned(), ..login_of(email) };
        let refused = restarted.clone().login(request).await.unwrap_err();
        assert_eq!(reason_of(&refused, Code::ResourceExhausted), "too-many-attempts");
        assert!(seconds_to_wait(&refused) > 14 * 60, "{}", seconds_to_wait(&refused));
        answers.push(refused.message().to_owned());
    }

    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:?}");
}

#[tokio::test]
async fn what_succeeds_does_not_count_and_does_not_make_up_for_failures() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    let email = "ada@example.com";

    for _ in 0..12 {
        auth.login(email).await;
    }
    assert_eq!(refusals(&auth, 9, |_| wrong(email, "")).await, ["invalid-credentials"; 9]);
    let tokens = auth.login(email).await;
    auth.refresh(&tokens.refresh_token).await.unwrap();

    let reasons = refusals(&auth, 2, |_| wrong(email, "")).await;
    assert_eq!(reasons, ["invalid-credentials", "too-many-attempts"]);
}

#[tokio::test]
async fn a_failure_is_forgotten_after_fifteen_minutes_of_the_database() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    let email = "ada@example.com";
    refusals(&auth, 4, |_| wrong(email, "")).await;
    time_passes(&auth, "10 minutes").await;
    refusals(&auth, 6, |_| wrong(email, "")).await;

    let refused = auth.login_with(login_of(email)).await.unwrap_err();
    let wait = seconds_to_wait(&refused);
    assert!((4 * 60..=5 * 60).contains(&wait), "{wait}");
    time_passes(&auth, "5 minutes 1 second").await;

    // The window slides: the four oldest are forgotten, the others count.
    let mut expected = vec!["invalid-credentials"; 4];
    expected.push("too-many-attempts");
    assert_eq!(refusals(&auth, 5, |_| wrong(email, "")).await, expected);
}

#[tokio::test]
async fn an_attempt_that_nobody_judged_counts_as_failed() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    refusals(&auth, 1, |_| wrong("ada@example.com", "")).await;
    // As it is when ten processes were killed while they hashed.
    sqlx::query("UPDATE attempts SET failed = '{}', pending = array_fill(now(), ARRAY[10])")
        .execute(&auth.owner)
        .await
        .unwrap();

    let refused =
        auth.login_with(LoginRequest { ip_address: String::new(), ..login_of("ada@example.com") }).await;

    assert_eq!(reason_of(&refused.unwrap_err(), Code::ResourceExhausted), "too-many-attempts");
}

#[tokio::test]
async fn strangers_lock_nobody_out_of_a_device_that_is_known() {
    let auth = auth().await;
    for email in ["ada@example.com", "grace@example.com"] {
        auth.register(email).await;
    }
    let ada = auth.answer_to(login_of("ada@example.com")).await.unwrap();
    let grace = auth.answer_to(login_of("grace@example.com")).await.unwrap();
    auth.logout(&ada.tokens.unwrap().refresh_token).await;
    refusals(&auth, 10, |_| wrong("ada@example.com", "")).await;
    let on = |token: &str| LoginRequest { device_token: token.to_owned(), ..login_of("ada@example.com") };

    for stranger in ["", "garbage", "\0", &"A".repeat(43), &"A".repeat(1 << 20), &grace.device_token] {
        let refused = auth.login_with(on(stranger)).await.unwrap_err();
        assert_eq!(reason_of(&refused, Code::ResourceExhausted), "too-many-attempts");
    }
    let again = auth.answer_to(on(&ada.device_token)).await.unwrap();

    assert_eq!(again.device_token, ada.device_token);
    assert_eq!(again.device_expires_in, 180 * 24 * 60 * 60);
    // Whoever stole a device has ten attempts as well, and not one more.
    let stolen = |_| LoginRequest { device_token: ada.device_token.clone(), ..wrong("ada@example.com", "") };
    let mut expected = vec!["invalid-credentials"; 10];
    expected.push("too-many-attempts");
    assert_eq!(refusals(&auth, 11, stolen).await, expected);
}

#[tokio::test]
async fn a_device_is_forgotten_after_half_a_year_without_a_sign_in_and_only_twenty_are_kept() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    let first = auth.answer_to(login_of("ada@example.com")).await.unwrap();
    sqlx::query("UPDATE trusted_devices SET expires_at = now()").execute(&auth.owner).await.unwrap();

    let known = LoginRequest { device_token: first.device_token.clone(), ..login_of("ada@example.com") };
    let second = auth.answer_to(known).await.unwrap();
    assert_ne!(second.device_token, first.device_token);
    for _ in 0..25 {
        auth.login("ada@example.com").await;
    }

    let kept: i64 =
        sqlx::query_scalar("SELECT count(*) FROM trusted_devices").fetch_one(&auth.owner).await.unwrap();
    assert_eq!(kept, 20);
}

#[tokio::test]
async fn an_address_has_thirty_wrong_passwords_a_minute_whatever_the_accounts() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    let from = |address: &'static str| move |n: usize| wrong(&format!("nobody{n}@example.com"), address);

    assert_eq!(refusals(&auth, 30, from("2001:db8::1")).await, ["invalid-credentials"; 30]);
    let throttled = refusals(&auth, 1, from("2001:db8::2")).await;
    let elsewhere = refusals(&auth, 1, from("2001:db8:0:1::1")).await;
    let unknown = refusals(&auth, 1, from("not an address")).await;

    assert_eq!(
        (throttled, elsewhere, unknown),
        (
            vec!["too-many-attempts".to_owned()],
            vec!["invalid-credentials".to_owned()],
            vec!["invalid-credentials".to_owned()],
        )
    );
    time_passes(&auth, "61 seconds").await;
    assert_eq!(refusals(&auth, 1, from("2001:db8::1")).await, ["invalid-credentials"]);
}

#[tokio::test]
async fn no_name_is_stored_that_somebody_tried() {
    let auth = auth().await;
    refusals(&auth, 1, |_| wrong("nobody@example.com", "198.51.100.7")).await;

    let rows: Vec<String> =
        sqlx::query_scalar("SELECT attempts::text FROM attempts").fetch_all(&auth.owner).await.unwrap();

    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| !row.contains("nobody") && !row.contains("198.51")), "{rows:?}");
}
