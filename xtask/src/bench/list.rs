//! The list of a user with very many trades: its first page, and one far behind.

use super::{
    fills::Fills,
    open_loop::{self, Latencies},
    report::{Figure, milliseconds},
    scale::Scale,
    session::Session,
    stage::Stage,
    timed_import,
};
use crate::progress::Step;
use anyhow::{Context as _, ensure};
use serde_json::Value;
use std::time::Duration;

const GOAL: Duration = Duration::from_millis(50);
const PAGE: u32 = 50;
const FIRST: &str = "/v1/trades?limit=50";

/// Imports the trades, then puts both pages under load, one after the other.
pub(super) fn measure(stage: &mut Stage, scale: &Scale) -> anyhow::Result<Vec<Figure>> {
    let mut session = Session::of_new_user(stage, "list")?;
    fill(stage, &mut session, scale.trades)?;
    let step = Step::begin(format!("Walking {} pages", scale.depth));
    let deep = walk(stage, &session, scale.depth)?;
    step.now(format!("Asking {} times a second", scale.rate));
    let warming = Duration::from_secs(2).min(scale.load);
    open_loop::load(&session, FIRST, scale.rate, warming, &stage.interrupt)?;
    let near = open_loop::load(&session, FIRST, scale.rate, scale.load, &stage.interrupt)?;
    let far = open_loop::load(&session, &deep, scale.rate, scale.load, &stage.interrupt)?;
    step.done(format!("{} pages read", near.count() + far.count()));
    let of = |page: &str| format!("GET {FIRST} at {}/s of {} trades, {page}: p95", scale.rate, scale.trades);
    let ratio = |percent| far.percentile(percent).as_secs_f64() / near.percentile(percent).as_secs_f64();
    Ok(vec![
        figure(of("first page"), &near),
        figure(of(&format!("{} pages deep", scale.depth)), &far),
        Figure::plain(
            "deep page / first page (1 = constant time)",
            format!("{:.2}", ratio(50)),
            format!("at p50; {:.2} at p95", ratio(95)),
        ),
    ])
}

/// Two files, as one of them may not hold so many fills.
pub(super) fn fill(stage: &mut Stage, session: &mut Session, trades: u32) -> anyhow::Result<()> {
    let step = Step::begin(format!("Importing {trades} trades"));
    let mut fills = Fills::pairs(2 * trades);
    for part in ["list-1.csv", "list-2.csv"] {
        let file = stage.write(part, &fills.file(trades)?)?;
        timed_import::import(stage, session, &file, trades, fills.closed())?;
    }
    step.done(format!("{trades} trades are there"));
    Ok(())
}

/// The path of the page that many pages after the first, found as a client finds it.
fn walk(stage: &mut Stage, session: &Session, depth: u32) -> anyhow::Result<String> {
    let mut path = FIRST.to_owned();
    for _ in 0..depth {
        stage.check()?;
        let page = session.get(&path)?;
        let items = page.get("items").and_then(Value::as_array).map_or(0, Vec::len);
        ensure!(items == PAGE as usize, "a page has {items} trades");
        let cursor = page.get("next_cursor").and_then(Value::as_str).context("the list ends too early")?;
        path = format!("{FIRST}&cursor={cursor}");
    }
    Ok(path)
}

fn figure(measure: String, latencies: &Latencies) -> Figure {
    let at = |percent| milliseconds(latencies.percentile(percent));
    Figure {
        measure,
        goal: format!("< {} ms, 0 errors", GOAL.as_millis()),
        value: at(95),
        met: Some(latencies.percentile(95) < GOAL && latencies.errors == 0),
        detail: format!(
            "p50 {}, p99 {}, {} errors of {}",
            at(50),
            at(99),
            latencies.errors,
            latencies.count()
        ),
    }
}
