//! Memory of the five services at rest.

use super::{memory, report::Figure, scale::Scale, session::Session, stage::Stage};
use crate::{progress::Step, stack::services::SERVICES};

const GOAL_MIB: u64 = 150;

/// One user signed in, then nothing until the time is over.
pub(super) fn measure(stage: &mut Stage, scale: &Scale) -> anyhow::Result<Vec<Figure>> {
    let step = Step::begin(format!("Resting for {} s", scale.rest.as_secs()));
    Session::of_new_user(stage, "idle")?;
    while stage.started.elapsed() < scale.rest {
        stage.pause(std::time::Duration::from_millis(100))?;
    }
    let mut parts = Vec::new();
    for service in SERVICES {
        parts.push((service, memory::proportional(stage.process(service)?)?));
    }
    let total: u64 = parts.iter().map(|(_, kibibytes)| kibibytes).sum();
    let parts: Vec<String> = parts
        .iter()
        .map(|(service, kibibytes)| format!("{service} {}", memory::mebibytes(*kibibytes)))
        .collect();
    step.done(format!("Memory at rest: {}", memory::mebibytes(total)));
    Ok(vec![Figure {
        measure: "idle memory, five services (PSS)".to_owned(),
        goal: format!("< {GOAL_MIB} MiB"),
        value: memory::mebibytes(total),
        met: Some(total < GOAL_MIB * 1024),
        detail: parts.join(", "),
    }])
}
