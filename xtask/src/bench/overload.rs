//! Several times as many requests as the machine can answer: it answers as many as before, and says no to the others at once.

mod shown;

use super::{
    memory,
    open_loop::{Asked, Load, Outcome},
    records::Records,
    report::Figure,
    scale::Scale,
    stage::Stage,
};
use crate::{interrupt::Interrupt, progress::Step, stack::services::admin_agent};
use std::{
    sync::atomic::{AtomicBool, AtomicU32, Ordering},
    thread,
    time::Duration,
};

/// Requests a second, until the machine does not keep up.
const RATES: [u32; 10] = [100, 200, 300, 450, 600, 900, 1_200, 1_800, 2_400, 3_600];
/// Requests under way at once, so that each can be sent when it is due.
const AT_ONCE: u32 = 400;
/// Tenths of what the machine can answer.
const STEPS: [u32; 4] = [5, 10, 20, 50];

/// What came of the steps.
#[derive(Debug)]
struct Steps {
    /// Answers a second at best.
    capacity: u32,
    /// By tenths of it.
    outcomes: Vec<(u32, Outcome)>,
    /// After the last one, at half of the capacity.
    after: Outcome,
    /// Memory of the gateway and of trades before and at the end of the last step, in KiB.
    memory: (u64, u64),
    /// Looks at `/ready` in the last step, and those that did not find 200.
    looks: (u32, u32),
}

/// Finds the capacity, then asks for less and for more.
pub(super) fn measure(stage: &mut Stage, scale: &Scale) -> anyhow::Result<Vec<Figure>> {
    let mut records = Records::of_new_user(stage, "overload", scale.few_trades)?;
    records.session.renew()?;
    let requests = records.mixed();
    let to = records.session.address()?;
    let load = Load { to, requests: &requests, rate: 1, length: scale.step, at_once: AT_ONCE };
    let step = Step::begin("Looking for the capacity");
    let capacity = capacity(stage, load)?;
    let at = |tenths: u32| Load { rate: (capacity * tenths / 10).max(1), ..load };
    let (mut outcomes, mut memory, mut looks) = (Vec::new(), (0, 0), (0, 0));
    for tenths in STEPS {
        step.now(format!("Asking {} times a second of {capacity}", at(tenths).rate));
        memory.0 = resident(stage)?;
        let last = Load { length: if tenths == 50 { scale.overload } else { scale.step }, ..at(tenths) };
        let (outcome, seen) = watched(stage, last)?;
        (memory.1, looks) = (resident(stage)?, seen);
        outcomes.push((tenths, outcome));
    }
    let after = at(5).run(&stage.interrupt)?;
    step.done(format!("Asked up to {} times a second", at(50).rate));
    Ok(shown::figures(&Steps { capacity, outcomes, after, memory, looks }, scale))
}

/// Answers a second at the rate that gets most of them.
fn capacity(stage: &Stage, load: Load<'_>) -> anyhow::Result<u32> {
    let mut best = 0;
    for rate in RATES {
        let outcome = Load { rate, ..load }.run(&stage.interrupt)?;
        let answered = shown::rate(&outcome, load.length);
        best = best.max(answered);
        if answered < rate * 9 / 10 {
            break;
        }
    }
    Ok(best)
}

/// Looks at `/ready` ten times a second meanwhile: how often, and how often it was not well.
fn watched(stage: &Stage, load: Load<'_>) -> anyhow::Result<(Outcome, (u32, u32))> {
    let (over, looks, ill) = (AtomicBool::new(false), AtomicU32::new(0), AtomicU32::new(0));
    let look = |interrupt: &Interrupt| {
        let agent = admin_agent();
        while !over.load(Ordering::Relaxed) && interrupt.pause(Duration::from_millis(100)).is_ok() {
            let answer = agent.get(format!("{}/ready", stage.url)).call();
            looks.fetch_add(1, Ordering::Relaxed);
            ill.fetch_add(u32::from(answer.is_ok_and(|answer| answer.status() != 200)), Ordering::Relaxed);
        }
    };
    let outcome = thread::scope(|scope| {
        scope.spawn(|| look(&stage.interrupt));
        let outcome = load.run(&stage.interrupt);
        over.store(true, Ordering::Relaxed);
        outcome
    })?;
    Ok((outcome, (looks.into_inner(), ill.into_inner())))
}

fn resident(stage: &Stage) -> anyhow::Result<u64> {
    Ok(memory::resident(stage.process("gateway")?)? + memory::resident(stage.process("trades")?)?)
}
