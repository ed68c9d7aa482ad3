//! A file of 10,000 fills, as a trader has after a busy year.

use super::{
    fills::Fills,
    report::{Figure, each, median, seconds},
    scale::Scale,
    session::Session,
    stage::Stage,
    timed_import,
};
use crate::progress::Step;
use std::time::Duration;

const GOAL: Duration = Duration::from_secs(3);

/// Several imports, each for a new user; the median counts.
pub(super) fn measure(stage: &mut Stage, scale: &Scale) -> anyhow::Result<Vec<Figure>> {
    let count = scale.small_import;
    let step = Step::begin(format!("Importing {count} fills"));
    let mut fills = Fills::mixed(count);
    let file = stage.write("small.csv", &fills.file(count)?)?;
    let (mut times, mut parts) = (Vec::new(), Vec::new());
    for run in 0..scale.runs {
        let mut session = Session::of_new_user(stage, &format!("small-{run}"))?;
        let taken = timed_import::import(stage, &mut session, &file, count, fills.closed())?;
        times.push(taken.statistics);
        parts.push(taken);
    }
    let middle = median(&times);
    let parts = parts.iter().find(|taken| taken.statistics == middle).map(timed_import::Times::parts);
    step.done(format!("{count} fills imported in {}", seconds(middle)));
    Ok(vec![Figure {
        measure: format!("import of {count} fills until the statistics count them"),
        goal: format!("< {} s", GOAL.as_secs()),
        value: seconds(middle),
        met: Some(middle < GOAL),
        detail: format!("{} ({})", each(&times, seconds), parts.unwrap_or_default()),
    }])
}
