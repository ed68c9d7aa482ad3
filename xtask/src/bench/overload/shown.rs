//! The figures of an overload.

use super::{Asked, Outcome, Steps};
use crate::bench::{
    memory,
    report::{Figure, milliseconds, seconds},
    scale::Scale,
};
use std::time::Duration;

/// Within this time the machine is itself again.
const RECOVERED: Duration = Duration::from_secs(5);

/// Answers a second.
pub(super) fn rate(outcome: &Outcome, length: Duration) -> u32 {
    let answered = u32::try_from(outcome.count(Asked::is_accepted)).unwrap_or(u32::MAX);
    u32::try_from(u128::from(answered) * 1_000 / length.as_millis().max(1)).unwrap_or(u32::MAX)
}

/// What was promised of the last step, then each step.
pub(super) fn figures(steps: &Steps, scale: &Scale) -> Vec<Figure> {
    let none = Outcome::default();
    let of = |tenths: u32| {
        steps.outcomes.iter().find(|(step, _)| *step == tenths).map_or(&none, |(_, outcome)| outcome)
    };
    let mut figures = vec![goodput(steps, of(50), scale)];
    figures.push(slow("answers", 500, of(50), Asked::is_accepted));
    figures.push(slow("refusals (503 with Retry-After)", 10, of(50), Asked::is_refused));
    figures.extend([grown(steps), well(steps), recovery(of(5), &steps.after)]);
    figures.extend(steps.outcomes.iter().map(|(tenths, outcome)| step(*tenths, outcome, scale)));
    figures
}

fn goodput(steps: &Steps, outcome: &Outcome, scale: &Scale) -> Figure {
    let answered = rate(outcome, scale.overload);
    let percent = answered * 100 / steps.capacity.max(1);
    Figure {
        measure: "records at 5 times the capacity: answers a second / at best".to_owned(),
        goal: ">= 85 %".to_owned(),
        value: format!("{percent} %"),
        met: Some(percent >= 85),
        detail: format!(
            "{answered} of {} a second; failures {:?}",
            steps.capacity,
            some(&outcome.failures())
        ),
    }
}

/// Different ones, not all of them.
fn some(failures: &[u16]) -> Vec<u16> {
    let mut different = failures.to_vec();
    different.sort_unstable();
    different.dedup();
    different
}

fn slow(what: &str, goal: u64, outcome: &Outcome, which: fn(&Asked) -> bool) -> Figure {
    let latencies = outcome.latencies(which);
    let slow = latencies.percentile(99);
    Figure {
        measure: format!("- {what}, p99"),
        goal: format!("<= {goal} ms"),
        value: milliseconds(slow),
        met: Some(slow <= Duration::from_millis(goal)),
        detail: format!("{}, p50 {}", latencies.count(), milliseconds(latencies.percentile(50))),
    }
}

fn grown(steps: &Steps) -> Figure {
    let (before, after) = steps.memory;
    let detail = format!("{} before, {} after", memory::mebibytes(before), memory::mebibytes(after));
    let grown = after.saturating_sub(before);
    let value = format!("+{}", memory::mebibytes(grown));
    Figure::plain("- resident memory of gateway and trades meanwhile", value, detail)
}

fn well(steps: &Steps) -> Figure {
    let (looks, ill) = steps.looks;
    Figure {
        measure: "- looks at /ready that find it not well".to_owned(),
        goal: "0".to_owned(),
        value: ill.to_string(),
        met: Some(ill == 0 && looks > 0),
        detail: format!("of {looks}"),
    }
}

/// How long after the overload the last request is due that is refused or takes more than twice the p99 of half of the load before.
fn recovery(before: &Outcome, after: &Outcome) -> Figure {
    let normal = before.latencies(|_| true).percentile(99) * 2;
    // One in a hundred is slower than that by itself: what counts is the last tenth of a second with several of them.
    let mut late = after.asked.iter().filter(|asked| !asked.is_accepted() || asked.took > normal);
    let (mut recovered, mut previous) = (Duration::ZERO, Duration::ZERO);
    for asked in &mut late {
        if asked.due.saturating_sub(previous) < Duration::from_millis(100) {
            recovered = asked.due;
        }
        previous = asked.due;
    }
    Figure {
        measure: "- after it, until half of the capacity is answered as before".to_owned(),
        goal: format!("<= {} s", RECOVERED.as_secs()),
        value: seconds(recovered),
        met: Some(recovered <= RECOVERED),
        detail: format!(
            "as before: within {}; {} refused",
            milliseconds(normal),
            after.count(Asked::is_refused)
        ),
    }
}

fn step(tenths: u32, outcome: &Outcome, scale: &Scale) -> Figure {
    let length = if tenths == 50 { scale.overload } else { scale.step };
    let accepted = outcome.latencies(Asked::is_accepted);
    let [half, most, slow] = [50, 95, 99].map(|percent| milliseconds(accepted.percentile(percent)));
    Figure::plain(
        format!("- at {}.{} times the capacity: answers a second", tenths / 10, tenths % 10),
        rate(outcome, length).to_string(),
        format!("{} refused; answers p50 {half}, p95 {most}, p99 {slow}", outcome.count(Asked::is_refused)),
    )
}
