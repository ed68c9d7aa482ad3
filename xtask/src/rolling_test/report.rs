//! What the test prints: requests by kind, restarts by service, live messages, and every failure.

use super::{crowd::Outcome, fleet::Replaced, listener::Heard};
use crate::{
    progress::{coloured, duration},
    table::{self, Align},
};
use std::{collections::BTreeMap, time::Duration};

/// Failures that are shown.
const SHOWN: usize = 30;

/// Prints it all. True: nothing has failed.
pub(super) fn print(replaced: &[Replaced], outcome: &Outcome) -> bool {
    println!();
    requests(outcome);
    println!();
    restarts(replaced);
    println!();
    live(&outcome.heard);
    println!(
        "  {} fills were written once each, {} closed trades are counted.",
        outcome.fills, outcome.closed
    );
    let failures = outcome.tally.failures();
    for failure in failures.iter().take(SHOWN) {
        println!("  {:>8.3} s  {}", failure.at.as_secs_f64(), failure.what);
    }
    let all: usize = outcome.tally.counts().get("~ all").map_or(0, |count| count.times.len() + count.failed);
    let time = duration(outcome.tally.elapsed());
    let verdict = format!("{all} requests in {time}, {} restarts: {} failed", replaced.len(), failures.len());
    println!("\n  {}", coloured(&verdict, if failures.is_empty() { "32" } else { "31" }));
    failures.is_empty()
}

fn requests(outcome: &Outcome) {
    let heading = [
        ("requests", Align::Left),
        ("count", Align::Right),
        ("failed", Align::Right),
        ("p50 ms", Align::Right),
        ("p95 ms", Align::Right),
        ("p99 ms", Align::Right),
        ("longest ms", Align::Right),
    ];
    let rows: Vec<[String; 7]> = outcome
        .tally
        .counts()
        .iter()
        .map(|(kind, count)| {
            let [half, most, nearly, all] =
                [500, 950, 990, 1000].map(|share| milliseconds(count.per_mille(share)));
            let name = kind.trim_start_matches("~ ").to_owned();
            [name, count.times.len().to_string(), count.failed.to_string(), half, most, nearly, all]
        })
        .collect();
    show(&table::lines(heading, &rows));
}

fn restarts(replaced: &[Replaced]) {
    let mut by_name: BTreeMap<&str, Vec<&Replaced>> = BTreeMap::new();
    for one in replaced {
        by_name.entry(&one.name).or_default().push(one);
    }
    let heading = [
        ("instance", Align::Left),
        ("restarts, all with exit code 0", Align::Right),
        ("longest stop s", Align::Right),
        ("longest start s", Align::Right),
    ];
    let longest = |all: &[&Replaced], time: fn(&Replaced) -> Duration| {
        format!("{:.1}", all.iter().map(|one| time(one)).max().unwrap_or_default().as_secs_f64())
    };
    let rows: Vec<[String; 4]> = by_name
        .iter()
        .map(|(name, all)| {
            let (stop, start) = (longest(all, |one| one.stopped), longest(all, |one| one.ready));
            [(*name).to_owned(), all.len().to_string(), stop, start]
        })
        .collect();
    show(&table::lines(heading, &rows));
}

fn live(heard: &[Heard]) {
    let mut cuts: BTreeMap<u16, u64> = BTreeMap::new();
    let (mut messages, mut away) = (0, Duration::ZERO);
    for one in heard {
        one.cuts.iter().for_each(|(code, count)| *cuts.entry(*code).or_default() += count);
        messages +=
            one.messages.iter().filter(|(kind, _)| *kind != "hello").map(|(_, count)| count).sum::<u64>();
        away = away.max(one.away);
    }
    let cuts: Vec<String> = cuts.iter().map(|(code, count)| format!("{count} with {code}")).collect();
    println!(
        "  {} WebSockets heard {messages} messages; closed {}; longest away {} ms.",
        heard.len(),
        if cuts.is_empty() { "never".to_owned() } else { cuts.join(", ") },
        milliseconds(away)
    );
}

fn milliseconds(time: Duration) -> String {
    format!("{:.0}", time.as_secs_f64() * 1000.0)
}

fn show(lines: &[String]) {
    for line in lines {
        println!("{line}");
    }
}
