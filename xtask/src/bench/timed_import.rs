//! An import with a stopwatch: from POST until the statistics count every closed trade.

use super::{session::Session, stage::Stage};
use crate::api::{Import, ImportStatus};
use anyhow::{bail, ensure};
use std::{
    path::Path,
    time::{Duration, Instant},
};

/// How long one import, or the statistics after it, may take before the bench gives up.
const PATIENCE: Duration = Duration::from_mins(5);
const LOOK: Duration = Duration::from_millis(20);
/// A summary is work for the service that is measured: it is not asked for too often.
const LOOK_AT_STATISTICS: Duration = Duration::from_millis(100);

/// When what was reached, from the start of the upload.
#[derive(Clone, Debug)]
pub(super) struct Times {
    /// The id of the import.
    pub import: String,
    /// The answer to the POST.
    pub accepted: Duration,
    /// The import is `completed`.
    pub completed: Duration,
    /// The summary counts every closed trade.
    pub statistics: Duration,
}

impl Times {
    /// `upload 0.10, import 1.20, statistics 0.30 s`.
    pub fn parts(&self) -> String {
        let [upload, import, statistics] = [
            self.accepted,
            self.completed.saturating_sub(self.accepted),
            self.statistics.saturating_sub(self.completed),
        ]
        .map(|part| part.as_secs_f64());
        format!("upload {upload:.2} + import {import:.2} + statistics {statistics:.2}")
    }
}

/// Imports a file of `fills` new fills after which the account has `closed` closed trades.
pub(super) fn import(
    stage: &mut Stage,
    session: &mut Session,
    file: &Path,
    fills: u32,
    closed: u32,
) -> anyhow::Result<Times> {
    let start = Instant::now();
    let import = session.api.upload(&session.account, file, &[])?;
    let accepted = start.elapsed();
    let import = completed(stage, session, import)?;
    let completed = start.elapsed();
    ensure!(
        import.fills.new == u64::from(fills) && import.rows.rejected == 0,
        "of {fills} fills {} were imported, {} rows rejected",
        import.fills.new,
        import.rows.rejected
    );
    counted(stage, session, closed)?;
    Ok(Times { import: import.id, accepted, completed, statistics: start.elapsed() })
}

fn completed(stage: &mut Stage, session: &mut Session, mut import: Import) -> anyhow::Result<Import> {
    let deadline = Instant::now() + PATIENCE;
    while import.status != ImportStatus::Completed {
        if import.status == ImportStatus::Failed {
            bail!("the import failed: {}", import.failure.unwrap_or_default());
        }
        ensure!(Instant::now() < deadline, "the import stands at {} % after 5 minutes", import.progress);
        stage.pause(LOOK)?;
        import = session.api.import(&import.id)?;
    }
    Ok(import)
}

fn counted(stage: &mut Stage, session: &mut Session, closed: u32) -> anyhow::Result<()> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let trades = session.api.summary(&session.account, "USD")?.trades;
        if trades == u64::from(closed) {
            return Ok(());
        }
        ensure!(
            Instant::now() < deadline,
            "after 5 minutes the statistics count {trades} of {closed} trades"
        );
        stage.pause(LOOK_AT_STATISTICS)?;
    }
}
