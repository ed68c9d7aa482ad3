//! The figures that costs give.

use super::{
    Cost, Costs,
    kinds::{Kind, Name},
};
use crate::bench::report::{Figure, milliseconds};
use std::{collections::BTreeMap, time::Duration};

/// A page that is kept is answered within this time.
const SOON: Duration = Duration::from_millis(10);

/// Ratios first, then what they are made of.
pub(super) fn figures(
    kinds: &[Kind],
    costs: &Costs,
    hashes: &[f64],
    kept: &BTreeMap<String, u64>,
) -> Vec<Figure> {
    let of = |name| costs.get(&name).map(|cost: &Cost| cost.milliseconds.clone()).unwrap_or_default();
    let (computed, page) = (of(Name::ListComputed), "page of trades: processor time, kept");
    let mut figures = vec![
        ratio(&format!("{page} in the gateway / computed"), 0.15, &of(Name::ListKept), &computed),
        ratio(&format!("{page} in Redis / computed"), 0.25, &of(Name::ListShared), &computed),
        ratio(
            "page of trades: processor time, computed / plain monolith",
            0.85,
            &computed,
            &of(Name::PeerList),
        ),
        plain_ratio(
            "trade by id (with its fills) / plain monolith (its row)",
            &of(Name::One),
            &of(Name::PeerOne),
        ),
        plain_ratio(
            "new fill (matched, told on) / plain monolith (a row)",
            &of(Name::Create),
            &of(Name::PeerCreate),
        ),
        ratio("sign-in: processor time / that of the hash alone", 1.10, &of(Name::SignIn), hashes),
    ];
    if let (Some(kind), Some(cost)) =
        (kinds.iter().find(|kind| kind.name == Name::ListKept), costs.get(&Name::ListKept))
    {
        figures.push(soon(kind, cost));
    }
    figures.push(hit_rate(kept));
    figures.extend(kinds.iter().filter_map(|kind| {
        let cost = costs.get(&kind.name)?;
        let measure = format!("{} at {}/s: CPU-s for 1,000 requests", kind.name, kind.rate);
        let slow = cost.latencies.iter().map(|latencies| milliseconds(latencies.percentile(95)));
        let slow = slow.collect::<Vec<_>>().join(", ");
        let detail = format!("{}; p95 {slow}; {}", each(&cost.milliseconds), parts(cost));
        Some(Figure::plain(measure, format!("{:.3}", middle(&cost.milliseconds)), detail))
    }));
    let bare = "a password hash alone: CPU-s for 1,000";
    figures.push(Figure::plain(bare, format!("{:.3}", middle(hashes)), each(hashes)));
    figures
}

/// Who spent how much of it, whatever can be told from nothing.
fn parts(cost: &Cost) -> String {
    let parts = cost.parts.iter().map(|(who, spent)| (who, middle(spent)));
    let seen = parts.filter(|(_, spent)| *spent >= 0.01);
    seen.map(|(who, spent)| format!("{who} {spent:.2}")).collect::<Vec<_>>().join(", ")
}

/// Of the costs of the same round each.
fn ratio(measure: &str, goal: f64, costs: &[f64], of: &[f64]) -> Figure {
    let ratios: Vec<f64> = costs.iter().zip(of).map(|(cost, of)| cost / of).collect();
    let value = middle(&ratios);
    Figure {
        measure: measure.to_owned(),
        goal: format!("<= {goal:.2}"),
        value: format!("{value:.3}"),
        met: Some(value <= goal),
        detail: each(&ratios),
    }
}

/// Of what does not do the same on both sides: no goal.
fn plain_ratio(measure: &str, costs: &[f64], of: &[f64]) -> Figure {
    Figure { goal: "-".to_owned(), met: None, ..ratio(measure, 0.0, costs, of) }
}

fn soon(kind: &Kind, cost: &Cost) -> Figure {
    let slowest = cost.latencies.iter().map(|latencies| latencies.percentile(95)).max().unwrap_or_default();
    let of = |percent| {
        let times = cost.latencies.iter().map(|latencies| milliseconds(latencies.percentile(percent)));
        times.collect::<Vec<_>>().join(", ")
    };
    Figure {
        measure: format!("{} at {}/s: p95, slowest round", kind.name, kind.rate),
        goal: format!("< {} ms", SOON.as_millis()),
        value: milliseconds(slowest),
        met: Some(slowest < SOON),
        detail: format!("p50 {}; p95 {}; p99 {}", of(50), of(95), of(99)),
    }
}

fn hit_rate(kept: &BTreeMap<String, u64>) -> Figure {
    let (hits, all): (u64, u64) = kept.iter().fold((0, 0), |(hits, all), (outcome, count)| {
        let is_hit = ["local", "joined", "shared"].contains(&outcome.as_str());
        (hits + if is_hit { *count } else { 0 }, all + count)
    });
    let parts: Vec<String> = kept.iter().map(|(outcome, count)| format!("{outcome} {count}")).collect();
    let share = hits * 10_000 / all.max(1);
    let value = format!("{}.{:02} %", share / 100, share % 100);
    Figure::plain("hit rate of that gateway (read_cache_total)", value, parts.join(", "))
}

/// The middle one; the lower of two.
pub(crate) fn middle(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.get(sorted.len().saturating_sub(1) / 2).copied().unwrap_or_default()
}

fn each(figures: &[f64]) -> String {
    figures.iter().map(|figure| format!("{figure:.3}")).collect::<Vec<_>>().join(", ")
}
