//! How soon a user who looks on hears that an import has ended.

use super::{
    fills::Fills,
    report::{Figure, each, median, milliseconds},
    scale::Scale,
    session::Session,
    socket::Socket,
    stage::Stage,
    timed_import,
};
use crate::progress::Step;
use anyhow::Context as _;
use serde_json::Value;
use std::{path::Path, thread, time::Duration};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

const GOAL: Duration = Duration::from_secs(1);
/// An upgraded connection is not yet a subscription.
const SETTLE: Duration = Duration::from_millis(500);

/// Several imports, each for a new user; the slowest message counts.
pub(super) fn measure(stage: &mut Stage, scale: &Scale) -> anyhow::Result<Vec<Figure>> {
    let count = scale.small_import;
    let step = Step::begin(format!("Listening to imports of {count} fills"));
    let mut fills = Fills::mixed(count);
    let file = stage.write("live.csv", &fills.file(count)?)?;
    let mut delays = Vec::new();
    for run in 0..scale.runs {
        let session = Session::of_new_user(stage, &format!("live-{run}"))?;
        delays.push(one(stage, session, &file, count, fills.closed())?);
    }
    let slowest = delays.iter().copied().max().unwrap_or_default();
    step.done(format!("Heard of it after {}", milliseconds(slowest)));
    Ok(vec![Figure {
        measure: format!(
            "import.finished on a WebSocket after the end of an import of {count} fills, slowest"
        ),
        goal: format!("< {} s", GOAL.as_secs()),
        value: milliseconds(slowest),
        met: Some(slowest < GOAL),
        detail: format!("{}; median {}", each(&delays, milliseconds), milliseconds(median(&delays))),
    }])
}

/// From `finished_at`, which the trades service writes with the import's last rows, until the message arrives.
fn one(
    stage: &mut Stage,
    mut session: Session,
    file: &Path,
    fills: u32,
    closed: u32,
) -> anyhow::Result<Duration> {
    let socket = Socket::open(&session)?;
    let heard = thread::spawn(move || socket.wait_for("import.finished"));
    stage.pause(SETTLE)?;
    let times = timed_import::import(stage, &mut session, file, fills, closed)?;
    let heard = heard.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
    let import = session.get(&format!("/v1/imports/{}", times.import))?;
    let finished = import.get("finished_at").and_then(Value::as_str).context("the import has no end")?;
    let finished = OffsetDateTime::parse(finished, &Rfc3339)?;
    Duration::try_from(heard - finished).context("the message came before the import's end")
}
