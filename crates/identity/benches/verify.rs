//! How long an access token keeps a request waiting: the first time it is shown, and each time after.

#[path = "../../ledger/benches/engine/core_time.rs"]
mod core_time;

use core_time::CoreTime;
use criterion::{BatchSize, Criterion, SamplingMode};
use identity::{Issuer, SessionId, UserId, Verifier};
use runtime::Clock;
use std::{hint::black_box, time::Duration};
use tokio::runtime::{Builder, Runtime};
use uuid::Uuid;

/// A token that nobody has seen, of a session of its own.
fn new_token(issuer: &Issuer) -> String {
    let token = issuer.issue(UserId(Uuid::new_v4()), SessionId(Uuid::new_v4()));
    token.map_or_else(|error| unreachable!("{error}"), |(token, _)| token)
}

fn issuer_and_verifier() -> anyhow::Result<(Issuer, Verifier)> {
    let issuer = Issuer::from_pem(&Issuer::generate_pem()?, Clock::system())?;
    let verifier = Verifier::of_issuer(&issuer, Clock::system())?;
    Ok((issuer, verifier))
}

fn accepted(runtime: &Runtime, verifier: &Verifier, token: &str) {
    let caller = runtime.block_on(verifier.verify(black_box(token)));
    assert!(black_box(caller).is_ok(), "a good token is refused");
}

fn verification(criterion: &mut Criterion<CoreTime>, runtime: &Runtime) -> anyhow::Result<()> {
    let (issuer, verifier) = issuer_and_verifier()?;
    let mut group = criterion.benchmark_group("an access token");
    // Core time comes in steps of some milliseconds: no sample may be shorter.
    group.sampling_mode(SamplingMode::Flat).measurement_time(Duration::from_secs(20));
    group.bench_function("shown for the first time", |bencher| {
        let verify = |token: String| accepted(runtime, &verifier, &token);
        bencher.iter_batched(|| new_token(&issuer), verify, BatchSize::LargeInput);
    });
    let token = new_token(&issuer);
    group.bench_function("shown again", |bencher| {
        bencher.iter(|| accepted(runtime, &verifier, &token));
    });
    group.finish();
    Ok(())
}

fn main() -> anyhow::Result<()> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let mut criterion = Criterion::default().with_measurement(CoreTime::new()).configure_from_args();
    verification(&mut criterion, &runtime)?;
    criterion.final_summary();
    Ok(())
}
