//! What a request costs: processor time of everything that works for it, one kind of request after the other in several rounds.

mod bare_hash;
mod kinds;
mod peer;
mod shown;

use super::{
    counters, guests,
    open_loop::{AT_ONCE, Latencies, Load},
    processor::{self, Spent},
    records::Records,
    report::Figure,
    scale::Scale,
    stage::Stage,
};
use crate::progress::Step;
use anyhow::ensure;
use kinds::{Kind, Name};
use peer::Peer;
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

/// What follows a request, such as events of a write, is done by then.
const FOLLOWED: Duration = Duration::from_millis(500);

/// What one kind cost and how long it took, by round.
#[derive(Debug, Default)]
struct Cost {
    /// Milliseconds of a core for each request, which are seconds for 1,000.
    milliseconds: Vec<f64>,
    /// What of it each service and server took.
    parts: BTreeMap<String, Vec<f64>>,
    latencies: Vec<Latencies>,
}

/// Costs of all kinds.
type Costs = BTreeMap<Name, Cost>;

/// Three gateways on the same services: one as ever, one that keeps answers only in Redis, one that keeps none.
pub(super) fn measure(stage: &mut Stage, scale: &Scale) -> anyhow::Result<Vec<Figure>> {
    let kept = stage.url.clone();
    let shared = stage.another_gateway("gateway-shared", &[("CACHE_BYTES", "0")])?;
    let computed = stage.another_gateway("gateway-computed", &[("CACHE_SECONDS", "0")])?;
    let mut records = Records::of_new_user(stage, "load", scale.few_trades)?;
    let peer = Peer::beside(stage, &records)?;
    let step = Step::begin("Measuring what requests cost");
    let sign_ins = guests::sign_ins(stage, "load")?;
    records.session.renew()?;
    let kinds = kinds::all(&records, sign_ins, [&kept, &shared, &computed], &peer)?;
    for kind in &kinds {
        kind.ask(stage, scale.round.min(Duration::from_secs(2)))?;
    }
    let before = counters::by_label(stage, "gateway", "read_cache_total")?;
    let (mut costs, mut hashes) = (Costs::new(), Vec::new());
    for round in 1..=scale.rounds {
        step.now(format!("Measuring what requests cost, round {round} of {}", scale.rounds));
        take(stage, scale, &kinds, round.is_multiple_of(2), &mut costs)?;
        hashes.push(bare_hash::milliseconds(stage)?);
    }
    let after = counters::by_label(stage, "gateway", "read_cache_total")?;
    step.done(format!("{} rounds of {} kinds of requests", scale.rounds, kinds.len()));
    Ok(shown::figures(&kinds, &costs, &hashes, &counted(&before, after)))
}

/// One round. Every other one goes backwards, so that no kind always follows the same one.
fn take(
    stage: &mut Stage,
    scale: &Scale,
    kinds: &[Kind],
    backwards: bool,
    costs: &mut Costs,
) -> anyhow::Result<()> {
    let (begun, before) = (Instant::now(), processor::spent(&stage.workers())?);
    stage.pause(scale.round)?;
    let (waited, idle) = (begun.elapsed().as_secs_f64(), since(stage, &before)?);
    let order: Vec<&Kind> = if backwards { kinds.iter().rev().collect() } else { kinds.iter().collect() };
    for kind in order {
        let (begun, before) = (Instant::now(), processor::spent(&stage.workers())?);
        let latencies = kind.ask(stage, scale.round)?;
        stage.pause(FOLLOWED)?;
        let (took, requests) = (begun.elapsed().as_secs_f64(), f64::from(u32::try_from(latencies.count())?));
        let cost = costs.entry(kind.name).or_default();
        let mut all = 0.0;
        for (who, spent) in since(stage, &before)? {
            // The services do some work for nobody: it is taken off.
            let for_nobody = idle.get(&who).map_or(0.0, |idle| idle / waited * took);
            let part = (spent - for_nobody) * 1e3 / requests;
            all += part;
            cost.parts.entry(who).or_default().push(part);
        }
        cost.milliseconds.push(all);
        cost.latencies.push(latencies);
    }
    Ok(())
}

/// Seconds of a core that each service and server spent since.
fn since(stage: &Stage, before: &Spent) -> anyhow::Result<BTreeMap<String, f64>> {
    let spent = processor::spent(&stage.workers())?.into_iter().map(|(who, spent)| {
        let before = before.get(&who).copied().unwrap_or_default();
        (who, spent.saturating_sub(before).as_secs_f64())
    });
    Ok(spent.collect())
}

impl Kind {
    /// Asks so long; everything must succeed.
    fn ask(&self, stage: &Stage, length: Duration) -> anyhow::Result<Latencies> {
        let load = Load { to: self.to, requests: &self.requests, rate: self.rate, length, at_once: AT_ONCE };
        let outcome = load.run(&stage.interrupt)?;
        let latencies = outcome.latencies(|_| true);
        let statuses: Vec<u16> = outcome.asked.iter().map(|asked| asked.answer.status).collect();
        ensure!(latencies.errors == 0, "{}: not every answer is a success: {statuses:?}", self.name);
        Ok(latencies)
    }
}

/// What was counted in between.
fn counted(before: &BTreeMap<String, u64>, after: BTreeMap<String, u64>) -> BTreeMap<String, u64> {
    let since = |(outcome, count): (String, u64)| {
        let count = count - before.get(&outcome).copied().unwrap_or_default();
        (outcome, count)
    };
    after.into_iter().map(since).collect()
}
