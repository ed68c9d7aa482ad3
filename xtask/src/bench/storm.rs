//! A storm of sign-ins: hashing takes its cores and no more, and everybody else goes on.

use super::{
    guests, memory,
    open_loop::{AT_ONCE, Asked, Latencies, Load, Outcome},
    records::Records,
    report::{Figure, each, median, milliseconds},
    scale::Scale,
    stage::Stage,
};
use crate::progress::Step;
use anyhow::{Context as _, ensure};
use std::{thread, time::Duration};

/// Sign-ins a second: far more than any two cores can hash.
const SIGN_INS: u32 = 500;
/// Sign-ins under way at once, so that each can be sent when it is due.
const MOST_SIGN_INS: u32 = 256;
/// Reads and writes of records a second.
const RECORDS: u32 = 100;
/// The storm begins so long before the reads and writes that are measured.
const AHEAD: Duration = Duration::from_secs(1);
/// Memory of one hash, in KiB.
const HASH: u64 = 46 * 1024;
/// What else a storm may take, in KiB.
const BESIDES: u64 = 64 * 1024;

/// Rounds without and with a storm, in turn.
pub(super) fn measure(stage: &mut Stage, scale: &Scale) -> anyhow::Result<Vec<Figure>> {
    let mut records = Records::of_new_user(stage, "storm", scale.few_trades)?;
    let sign_ins = guests::sign_ins(stage, "storm")?;
    records.session.renew()?;
    let requests = records.mixed();
    let to = records.session.address()?;
    let load = Load { to, requests: &requests, rate: RECORDS, length: scale.storm, at_once: AT_ONCE };
    let length = scale.storm + AHEAD;
    let storm = Load { to, requests: &sign_ins, rate: SIGN_INS, length, at_once: MOST_SIGN_INS };
    let step = Step::begin("Signing in 500 times a second");
    load.run(&stage.interrupt)?;
    let (mut calm, mut stormy, mut came) = (Vec::new(), Vec::new(), Outcome::default());
    let auth = stage.process("auth")?;
    let rested = memory::resident(auth)?;
    memory::forget_peak(auth)?;
    for _ in 0..scale.rounds {
        calm.push(latencies(&load.run(&stage.interrupt)?)?);
        let (of_records, of_storm) = both(stage, load, storm)?;
        stormy.push(latencies(&of_records)?);
        came.asked.extend(of_storm.asked);
        stage.pause(AHEAD)?;
    }
    let grown = memory::peak(auth)?.saturating_sub(rested);
    step.done(format!("{} sign-ins came", came.asked.len()));
    Ok(vec![ratio(&calm, &stormy), memory_figure(grown, rested)?, refusals(&came), accepted(&came, scale)?])
}

fn both(stage: &Stage, load: Load<'_>, storm: Load<'_>) -> anyhow::Result<(Outcome, Outcome)> {
    thread::scope(|scope| {
        let storm = scope.spawn(|| storm.run(&stage.interrupt));
        stage.interrupt.pause(AHEAD)?;
        let of_records = load.run(&stage.interrupt)?;
        let of_storm = storm.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        Ok((of_records, of_storm))
    })
}

fn latencies(outcome: &Outcome) -> anyhow::Result<Latencies> {
    let latencies = outcome.latencies(|_| true);
    let refused = outcome.count(Asked::is_refused);
    ensure!(latencies.errors == 0, "records: {refused} refused, failures {:?}", outcome.failures());
    Ok(latencies)
}

fn ratio(calm: &[Latencies], stormy: &[Latencies]) -> Figure {
    let times = |latencies: &[Latencies], percent| -> Vec<Duration> {
        latencies.iter().map(|latencies| latencies.percentile(percent)).collect()
    };
    let [calm_99, stormy_99] = [times(calm, 99), times(stormy, 99)];
    let ratio = median(&stormy_99).div_duration_f64(median(&calm_99));
    let [calm_50, stormy_50] = [times(calm, 50), times(stormy, 50)].map(|times| milliseconds(median(&times)));
    Figure {
        measure: format!("records at {RECORDS}/s, p99 while {SIGN_INS} sign-ins/s arrive / without"),
        goal: "<= 2".to_owned(),
        value: format!("{ratio:.2}"),
        met: Some(ratio <= 2.0),
        detail: format!(
            "with {}; without {}; p50 {stormy_50} and {calm_50}",
            each(&stormy_99, milliseconds),
            each(&calm_99, milliseconds)
        ),
    }
}

fn memory_figure(grown: u64, rested: u64) -> anyhow::Result<Figure> {
    let cores = thread::available_parallelism().context("cannot count the cores")?.get();
    let bound = u64::try_from(cores)? * HASH + BESIDES;
    Ok(Figure {
        measure: "auth, growth of its resident memory in the storm".to_owned(),
        goal: format!("<= {}", memory::mebibytes(bound)),
        value: memory::mebibytes(grown),
        met: Some(grown <= bound),
        detail: format!("from {}", memory::mebibytes(rested)),
    })
}

fn refusals(came: &Outcome) -> Figure {
    const GOAL: Duration = Duration::from_millis(50);
    let refused = came.latencies(Asked::is_refused);
    let slow = refused.percentile(99);
    let mut failures = came.failures();
    failures.sort_unstable();
    failures.dedup();
    Figure {
        measure: "sign-ins refused with 503 and Retry-After, p99".to_owned(),
        goal: format!("<= {} ms", GOAL.as_millis()),
        value: milliseconds(slow),
        met: Some(slow <= GOAL && failures.is_empty()),
        detail: format!(
            "{} of {}, p50 {}; other failures: {failures:?}",
            refused.count(),
            came.asked.len(),
            milliseconds(refused.percentile(50))
        ),
    }
}

fn accepted(came: &Outcome, scale: &Scale) -> anyhow::Result<Figure> {
    let accepted = came.latencies(Asked::is_accepted);
    let time = (scale.storm + AHEAD) * scale.rounds;
    let rate = f64::from(u32::try_from(accepted.count())?) / time.as_secs_f64();
    let times = [50, 99].map(|percent| milliseconds(accepted.percentile(percent)));
    Ok(Figure::plain(
        "sign-ins that succeed in the storm",
        format!("{rate:.1}/s"),
        format!("{} of {}; p50 {}, p99 {}", accepted.count(), came.asked.len(), times[0], times[1]),
    ))
}
