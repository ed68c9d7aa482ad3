//! What the bulkhead lets in, and when it has room again.

use super::*;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use std::{
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    time::Duration,
};
use tokio::task::JoinSet;

const CORES: usize = 2;

fn ring(entries: &[&str]) -> Secret {
    Secret::fixed(entries.join(",").into())
}

fn entry(id: &str, byte: u8) -> String {
    format!("{id}:{}", STANDARD.encode([byte; 32]))
}

fn hasher_with(entries: &[&str]) -> PasswordHasher {
    PasswordHasher::with_cores(&ring(entries), CORES).unwrap()
}

fn hasher() -> PasswordHasher {
    hasher_with(&[&entry("new", 2)])
}

fn password(text: &str) -> Password {
    Password::presented("password", text.to_owned()).unwrap()
}

async fn hash(hasher: &PasswordHasher, text: &str) -> StoredHash {
    hasher.admit().unwrap().hash(password(text)).await.unwrap()
}

async fn verify(hasher: &PasswordHasher, text: &str, stored: Option<&StoredHash>) -> Result<Verdict, Error> {
    hasher.admit().unwrap().verify(password(text), stored.cloned()).await
}

#[tokio::test]
async fn a_password_is_stored_as_argon2id_with_a_salt_of_its_own_and_the_id_of_its_pepper() {
    let hasher = hasher();

    let first = hash(&hasher, "correct horse battery").await;
    let second = hash(&hasher, "correct horse battery").await;

    assert!(first.phc.starts_with("$argon2id$v=19$m=47104,t=1,p=1$"), "{first:?}");
    assert_eq!(first.key_id.as_deref(), Some("new"));
    assert_ne!(first.phc, second.phc);
}

#[tokio::test]
async fn only_the_right_password_verifies_and_nobody_has_one() {
    let hasher = hasher();
    let stored = hash(&hasher, "correct horse battery").await;

    let right = verify(&hasher, "correct horse battery", Some(&stored)).await.unwrap();
    let wrong = verify(&hasher, "correct horse batterz", Some(&stored)).await.unwrap();
    let nobody = verify(&hasher, "correct horse battery", None).await.unwrap();

    assert_eq!(right, Verdict::Right { renewed: None });
    assert_eq!((wrong, nobody), (Verdict::Wrong, Verdict::Wrong));
}

#[tokio::test]
async fn a_hash_is_worth_nothing_without_its_pepper() {
    let stored = hash(&hasher(), "correct horse battery").await;

    let other_key = hasher_with(&[&entry("new", 3)]);
    let without = StoredHash { key_id: None, ..stored.clone() };
    let unknown = hasher_with(&[&entry("other", 2)]);

    assert_eq!(verify(&other_key, "correct horse battery", Some(&stored)).await.unwrap(), Verdict::Wrong);
    assert_eq!(verify(&hasher(), "correct horse battery", Some(&without)).await.unwrap(), Verdict::Wrong);
    let outcome = verify(&unknown, "correct horse battery", Some(&stored)).await;
    assert!(matches!(outcome, Err(Error::Internal(_))), "{outcome:?}");
}

/// `correct horse battery` under Argon2id, with parameters of another day and without a pepper.
fn hash_of_another_day() -> StoredHash {
    let params = argon2::Params::new(8, 1, 1, None).unwrap();
    let argon2 = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    let phc = argon2::PasswordHasher::hash_password(&argon2, b"correct horse battery").unwrap().to_string();
    StoredHash { phc, key_id: None }
}

#[tokio::test]
async fn an_older_hash_verifies_and_is_made_anew_with_todays_parameters_and_the_first_pepper() {
    let before = hasher_with(&[&entry("old", 1)]);
    let hasher = hasher_with(&[&entry("new", 2), &entry("old", 1)]);
    let of_old_key = hash(&before, "correct horse battery").await;

    for stored in [of_old_key, hash_of_another_day()] {
        assert_eq!(verify(&hasher, "wrong", Some(&stored)).await.unwrap(), Verdict::Wrong);
        let verdict = verify(&hasher, "correct horse battery", Some(&stored)).await.unwrap();
        let Verdict::Right { renewed: Some(renewed) } = verdict else { panic!("{verdict:?}") };

        assert!(renewed.phc.starts_with("$argon2id$v=19$m=47104,t=1,p=1$"), "{renewed:?}");
        assert_eq!(renewed.key_id.as_deref(), Some("new"));
        let again = verify(&hasher, "correct horse battery", Some(&renewed)).await.unwrap();
        assert_eq!(again, Verdict::Right { renewed: None });
    }
}

#[tokio::test]
async fn an_unreadable_stored_hash_is_a_fault_of_ours() {
    let stored = StoredHash { phc: "not a PHC string".to_owned(), key_id: None };

    let outcome = verify(&hasher(), "any", Some(&stored)).await;

    assert!(matches!(outcome, Err(Error::Internal(_))), "{outcome:?}");
}

#[test]
fn half_of_the_cores_hash_and_one_of_one() {
    assert_eq!([1, 2, 3, 4, 16].map(cores_that_hash), [1, 1, 2, 2, 8]);
}

#[test]
fn whoever_comes_when_cores_and_queue_are_full_is_refused_at_once() {
    let hasher = hasher();
    let mut places: Vec<Place> = (0..CORES + QUEUE).map(|_| hasher.admit().unwrap()).collect();
    assert!(matches!(hasher.admit(), Err(Error::Overloaded)));

    places.pop();

    assert!(hasher.admit().is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_hashes_run_than_there_are_cores() {
    let hasher = hasher();
    let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let mut running_hashes = JoinSet::new();
    for _ in 0..CORES + QUEUE {
        let (place, running, most) = (hasher.admit().unwrap(), Arc::clone(&running), Arc::clone(&most));
        running_hashes.spawn(place.work(move || {
            most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            thread::yield_now();
            running.fetch_sub(1, Ordering::SeqCst);
        }));
    }

    while let Some(outcome) = running_hashes.join_next().await {
        outcome.unwrap().unwrap();
    }

    assert!((1..=CORES).contains(&most.load(Ordering::SeqCst)));
}

#[tokio::test]
async fn a_caller_that_goes_away_while_waiting_makes_room() {
    let hasher = hasher();
    let _cores = hasher.cores.clone().acquire_many_owned(2).await.unwrap();
    let waiting = hasher.admit().unwrap().work(|| ());
    let before = hasher.places.available_permits();

    // Polled once, so that it stands in the queue.
    let gone = tokio::time::timeout(Duration::from_millis(1), waiting).await;

    assert!(gone.is_err());
    assert_eq!(hasher.places.available_permits(), before + 1);
}

#[tokio::test]
async fn a_caller_that_goes_away_while_its_hash_runs_makes_no_room_before_it_is_done() {
    let hasher = hasher();
    let (started, has_started) = mpsc::channel();
    let (finish, may_finish) = mpsc::channel::<()>();
    let place = hasher.admit().unwrap();
    let mut callers = JoinSet::new();
    callers.spawn(place.work(move || {
        started.send(()).unwrap();
        may_finish.recv().unwrap();
    }));
    tokio::task::spawn_blocking(move || has_started.recv().unwrap()).await.unwrap();

    callers.shutdown().await;

    assert_eq!(hasher.cores.available_permits(), CORES - 1);
    finish.send(()).unwrap();
    let _all = tokio::time::timeout(Duration::from_secs(30), hasher.cores.acquire_many(2)).await.unwrap();
}
