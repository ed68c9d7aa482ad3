//! What the bulkhead lets in, and when it has room again.

use super::*;
use std::{
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    time::Duration,
};
use tokio::task::JoinSet;

const CORES: usize = 2;

fn hasher() -> PasswordHasher {
    PasswordHasher::with_cores(CORES).unwrap()
}

fn password(text: &str) -> Password {
    Password::presented(text.to_owned()).unwrap()
}

#[tokio::test]
async fn a_password_is_stored_as_argon2id_with_a_salt_of_its_own() {
    let hasher = hasher();

    let first = hasher.admit().unwrap().hash(password("correct horse battery")).await.unwrap();
    let second = hasher.admit().unwrap().hash(password("correct horse battery")).await.unwrap();

    assert!(first.starts_with("$argon2id$v=19$m=47104,t=1,p=1$"), "{first}");
    assert_ne!(first, second);
}

#[tokio::test]
async fn only_the_right_password_verifies_and_nobody_has_one() {
    let hasher = hasher();
    let stored = hasher.admit().unwrap().hash(password("correct horse battery")).await.unwrap();
    let verify = async |text: &str, stored: Option<&str>| {
        hasher.admit().unwrap().verify(password(text), stored).await.unwrap()
    };

    assert!(verify("correct horse battery", Some(&stored)).await);
    assert!(!verify("correct horse batterz", Some(&stored)).await);
    assert!(!verify("correct horse battery", None).await);
}

#[tokio::test]
async fn an_unreadable_stored_hash_is_a_fault_of_ours() {
    let outcome = hasher().admit().unwrap().verify(password("any"), Some("not a PHC string")).await;

    assert!(matches!(outcome, Err(Error::Internal(_))), "{outcome:?}");
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
            std::thread::yield_now();
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
