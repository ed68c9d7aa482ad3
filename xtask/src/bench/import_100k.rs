//! A file of 100,000 fills, and what the trades service needs for it.

use super::{
    fills::Fills,
    memory,
    report::{Figure, each, median, seconds},
    scale::Scale,
    session::Session,
    stage::Stage,
    timed_import,
};
use crate::progress::Step;
use std::time::Duration;

const GOAL: Duration = Duration::from_secs(20);
const GOAL_MIB: u64 = 150;

/// Several imports, each for a new user: the median time, and the highest peak of memory.
pub(super) fn measure(stage: &mut Stage, scale: &Scale) -> anyhow::Result<Vec<Figure>> {
    let count = scale.large_import;
    let step = Step::begin(format!("Importing {count} fills"));
    let mut fills = Fills::mixed(count);
    let file = stage.write("large.csv", &fills.file(count)?)?;
    let trades = stage.process("trades")?;
    let (mut times, mut peaks, mut parts) = (Vec::new(), Vec::new(), Vec::new());
    for run in 0..scale.runs {
        let mut session = Session::of_new_user(stage, &format!("large-{run}"))?;
        memory::forget_peak(trades)?;
        let taken = timed_import::import(stage, &mut session, &file, count, fills.closed())?;
        peaks.push(memory::peak(trades)?);
        times.push(taken.statistics);
        parts.push(taken);
    }
    let middle = median(&times);
    let parts = parts.iter().find(|taken| taken.statistics == middle).map(timed_import::Times::parts);
    step.done(format!("{count} fills imported in {}", seconds(middle)));
    let time = Figure {
        measure: format!("import of {count} fills until the statistics count them"),
        goal: format!("< {} s", GOAL.as_secs()),
        value: seconds(middle),
        met: Some(middle < GOAL),
        detail: format!("{} ({})", each(&times, seconds), parts.unwrap_or_default()),
    };
    Ok(vec![time, of_peaks(count, &peaks)])
}

fn of_peaks(count: u32, peaks: &[u64]) -> Figure {
    let highest = peaks.iter().copied().max().unwrap_or_default();
    let each: Vec<String> = peaks.iter().map(|peak| memory::mebibytes(*peak)).collect();
    Figure {
        measure: format!("peak memory of trades, {count} fills (RSS)"),
        goal: format!("< {GOAL_MIB} MiB"),
        value: memory::mebibytes(highest),
        met: Some(highest < GOAL_MIB * 1024),
        detail: each.join(", "),
    }
}
