//! A link finds the instances of a service, balances, retries within a budget, and fails fast when the service is down.

use crate::stub::{Mood, Stub};
use runtime::{
    deadline,
    grpc::{Link, Resolve},
    peers::ServiceKey,
    secrets::{Given, Secret},
    settings::Calls,
};
use std::{
    future::Future,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tonic::Code;
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};

/// A name server that a test writes to.
#[derive(Clone, Default)]
struct Names(Arc<Mutex<Vec<SocketAddr>>>);

impl Names {
    fn of<'a>(stubs: impl IntoIterator<Item = &'a Stub>) -> Self {
        let names = Self::default();
        names.say(stubs);
        names
    }

    fn say<'a>(&self, stubs: impl IntoIterator<Item = &'a Stub>) {
        *self.0.lock().unwrap() = stubs.into_iter().map(|stub| stub.address).collect();
    }
}

impl Resolve for Names {
    fn resolve(&self) -> impl Future<Output = io::Result<Vec<SocketAddr>>> + Send {
        std::future::ready(Ok(self.0.lock().unwrap().clone()))
    }
}

fn link(names: &Names) -> Link {
    let calls = Calls {
        grpc_connections: 2,
        grpc_look_every: Duration::from_millis(100),
        service_key: Given::default(),
    };
    let (origin, key) =
        ("http://stub.internal:50051".parse().unwrap(), ServiceKey::generate("gateway").unwrap());
    Link::with_resolver("stub", &origin, &calls, &Secret::fixed(key), names.clone()).unwrap()
}

async fn check(link: &Link) -> Result<(), Code> {
    let answer = HealthClient::new(link.clone()).check(HealthCheckRequest::default()).await;
    answer.map(drop).map_err(|status| status.code())
}

/// A call that may not be made again once somebody has seen it.
async fn write(link: &Link) -> Result<(), Code> {
    let answer = HealthClient::new(link.clone()).watch(HealthCheckRequest::default()).await;
    answer.map(drop).map_err(|status| status.code())
}

async fn failures(link: &Link, calls: usize) -> usize {
    let mut failed = 0;
    for _ in 0..calls {
        failed += usize::from(check(link).await.is_err());
    }
    failed
}

async fn until(what: &str, mut done: impl AsyncFnMut() -> bool) -> Duration {
    let begun = Instant::now();
    while !done().await {
        assert!(begun.elapsed() < Duration::from_secs(30), "waited in vain for: {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    begun.elapsed()
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_spread_over_all_instances_and_over_new_ones_soon() {
    let (one, two) =
        (Stub::start("127.0.0.1", Mood::Answers).await, Stub::start("127.0.0.2", Mood::Answers).await);
    let names = Names::of([&one, &two]);
    let link = link(&names);

    assert_eq!(failures(&link, 100).await, 0);
    assert_eq!((one.calls(), two.calls()), (50, 50));

    let three = Stub::start("127.0.0.3", Mood::Answers).await;
    names.say([&one, &two, &three]);
    let took = until("the third instance", async || check(&link).await.is_ok() && three.calls() > 0).await;
    println!("a new instance got its first call after {took:?}");

    names.say([&three]);
    until("the others to be left alone", async || {
        let before = one.calls() + two.calls();
        failures(&link, 10).await == 0 && one.calls() + two.calls() == before
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_an_instance_dies_no_call_that_may_be_repeated_fails() {
    let (one, two) =
        (Stub::start("127.0.0.1", Mood::Answers).await, Stub::start("127.0.0.2", Mood::Answers).await);
    let link = link(&Names::of([&one, &two]));
    assert_eq!(failures(&link, 100).await, 0);

    let (mut failed, dying) = tokio::join!(failures(&link, 300), one.die());
    let () = dying;
    failed += failures(&link, 100).await;

    // The name server still names both.
    assert_eq!(failed, 0);
    assert!(!link.is_broken());
}

#[tokio::test(flavor = "multi_thread")]
async fn retries_are_a_tenth_of_the_calls_at_most() {
    let stub = Stub::start("127.0.0.1", Mood::SometimesFails).await;
    let link = link(&Names::of([&stub]));

    failures(&link, 1_000).await;

    assert!(!link.is_broken());
    println!("{} calls came of 1000", stub.calls());
    assert!((1_050..=1_110).contains(&stub.calls()), "{}", stub.calls());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_is_down_gets_no_more_calls_than_without_retries_and_soon_next_to_none() {
    let stub = Stub::start("127.0.0.1", Mood::Fails).await;
    let link = link(&Names::of([&stub]));

    let mut at_once = Vec::new();
    for _ in 0..1_000 {
        let (was_broken, came, begun) = (link.is_broken(), stub.calls(), Instant::now());
        assert_eq!(check(&link).await, Err(Code::Unavailable));
        // Once a second one call goes through, with its retries.
        if was_broken && stub.calls() == came {
            at_once.push(begun.elapsed());
        }
    }

    assert!(link.is_broken());
    at_once.sort_unstable();
    let (most, slowest) = (at_once[at_once.len() * 99 / 100], at_once[at_once.len() - 1]);
    println!(
        "{} calls came of 1000; 99 % of the others failed within {most:?}, all within {slowest:?}",
        stub.calls()
    );
    if std::env::var_os("LONG_TESTS").is_some() {
        assert!(most <= Duration::from_millis(5), "{most:?}");
    }
    assert!(stub.calls() <= 100, "{}", stub.calls());

    stub.set(Mood::Answers);
    let took = until("the breaker to close", async || check(&link).await.is_ok()).await;
    println!("closed {took:?} after the service was back");
    assert_eq!(failures(&link, 50).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_breaker_is_of_one_dependency_and_not_for_what_is_refused_in_good_health() {
    let down = Stub::start("127.0.0.1", Mood::Fails).await;
    let full = Stub::start("127.0.0.1", Mood::RefusesWhatIsTooMuch).await;
    let (to_down, to_full) = (link(&Names::of([&down])), link(&Names::of([&full])));

    assert_eq!(failures(&to_down, 50).await, 50);
    assert_eq!(failures(&to_full, 50).await, 50);

    assert!(to_down.is_broken() && !to_full.is_broken());
    assert_eq!(full.calls(), 50, "what is too much already is not tried again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_may_have_been_done_is_not_made_again() {
    let stub = Stub::start("127.0.0.1", Mood::Fails).await;
    let link = link(&Names::of([&stub]));

    let answer = write(&link).await;

    assert_eq!((answer, stub.calls()), (Err(Code::Unavailable), 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_an_instance_refuses_while_it_starts_is_made_at_another() {
    let (one, two) =
        (Stub::start("127.0.0.1", Mood::IsStarting).await, Stub::start("127.0.0.2", Mood::Answers).await);
    let link = link(&Names::of([&one, &two]));

    let mut failed = 0;
    for _ in 0..50 {
        failed += usize::from(write(&link).await.is_err());
    }

    assert_eq!((failed, two.calls()), (0, 50));
    assert!((1..50).contains(&one.calls()), "{}", one.calls());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_ends_with_its_deadline_here_and_there() {
    let stub = Stub::start("127.0.0.1", Mood::Hangs).await;
    let link = link(&Names::of([&stub]));

    let outcome = deadline::within(Duration::from_millis(300), check(&link)).await;

    // The stub watches the same deadline, and calls it a cancellation.
    let late = [Err(Code::DeadlineExceeded), Err(Code::Cancelled)];
    assert!(outcome.is_err() || outcome.is_ok_and(|answer| late.contains(&answer)));
    until("the handler to be given up", async || stub.under_way() == 0).await;
    assert_eq!(stub.calls(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_hangs_opens_the_breaker_too() {
    let stub = Stub::start("127.0.0.1", Mood::Hangs).await;
    let link = link(&Names::of([&stub]));

    let calls = (0..25).map(|_| deadline::within(Duration::from_millis(700), check(&link)));
    futures_util::future::join_all(calls).await;

    assert!(link.is_broken());
    stub.set(Mood::Answers);
    until("the breaker to close", async || check(&link).await.is_ok()).await;
}
