//! Statistics of a user with very many trades: one answer after the other, each computed anew.

use super::{
    list,
    report::{Figure, each, median, milliseconds},
    scale::Scale,
    session::Session,
    stage::Stage,
};
use crate::progress::Step;
use std::time::{Duration, Instant};

const GOAL: Duration = Duration::from_secs(1);
const RUNS: usize = 5;
const PATHS: [&str; 6] =
    ["summary", "equity?points=500", "calendar", "breakdown?by=symbol", "distribution", "risk?paths=1000"];

/// Imports the trades, then asks for each kind of statistics several times.
pub(super) fn measure(stage: &mut Stage, scale: &Scale) -> anyhow::Result<Vec<Figure>> {
    let mut session = Session::of_new_user(stage, "summary")?;
    list::fill(stage, &mut session, scale.trades)?;
    let step = Step::begin("Asking for statistics");
    let mut figures = Vec::new();
    for path in PATHS {
        stage.check()?;
        let path = format!("/v1/analytics/{path}");
        // The first answer warms caches and connections.
        session.get(&path)?;
        let times = (0..RUNS).map(|_| timed(&session, &path)).collect::<anyhow::Result<Vec<_>>>()?;
        figures.push(figure(&path, scale.trades, &times));
    }
    step.done(format!("{} answers timed", PATHS.len() * RUNS));
    Ok(figures)
}

fn timed(session: &Session, path: &str) -> anyhow::Result<Duration> {
    let begin = Instant::now();
    session.get(path)?;
    Ok(begin.elapsed())
}

fn figure(path: &str, trades: u32, times: &[Duration]) -> Figure {
    let middle = median(times);
    let (value, detail) = (milliseconds(middle), each(times, milliseconds));
    let measure = format!("GET {path} of {trades} trades: median");
    if path.ends_with("/summary") {
        let goal = format!("< {} s", GOAL.as_secs());
        return Figure { measure, goal, value, met: Some(middle < GOAL), detail };
    }
    Figure::plain(measure, value, detail)
}
