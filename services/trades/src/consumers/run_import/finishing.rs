//! Writes how an import ended, and tells its owner.

use super::{
    reading::{ReadFile, Unreadable},
    storing::Storing,
};
use crate::{
    db::{self, imports::Upload},
    domain::{
        import::{Findings, Rows, TradeCounts},
        reconciliation::Comparison,
    },
    wire,
};
use formats::Format;
use identity::UserId;
use journal_proto::trades::v1::ImportFinished;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// How an import ended.
pub(super) enum Outcome {
    /// What it brought is in the journal.
    Completed(Completed),
    /// Nothing of it is.
    Failed(Unreadable),
}

impl Outcome {
    /// For what is measured.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Completed(_) => "completed",
            Self::Failed(_) => "failed",
        }
    }
}

/// What a completed import found.
pub(super) struct Completed {
    format: Format,
    findings: Findings,
}

impl Completed {
    /// Puts together what reading, storing, matching and reconciling found.
    pub(super) fn of(
        file: ReadFile,
        storing: Storing<'_>,
        trades: TradeCounts,
        reconciliation: Vec<Comparison>,
    ) -> Self {
        let ReadFile { report, mut diagnostics, confidence, time_sources, .. } = file;
        diagnostics.merge(storing.conflicts);
        let findings = Findings {
            rows: Rows::from(report.rows),
            fills: storing.counts,
            events: storing.events,
            confidence,
            time_sources,
            trades,
            diagnostics,
            reconciliation,
        };
        Self { format: report.format, findings }
    }
}

/// Writes the outcome and appends [`ImportFinished`].
pub(super) async fn finish(
    tx: &mut PgConnection,
    user: UserId,
    upload: &Upload,
    account_name: &str,
    outcome: Outcome,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let name = outcome.name();
    measure(&outcome);
    write(&mut *tx, user, upload, outcome, now).await?;
    metrics::counter!("imports", "outcome" => name).increment(1);
    let import = db::imports::find(&mut *tx, user, upload.id).await?;
    let event = ImportFinished {
        user_id: user.to_string(),
        import: import.map(wire::import),
        account_name: account_name.to_owned(),
    };
    events::outbox::append(tx, &event).await?;
    Ok(())
}

/// What imports bring is what this product is for.
fn measure(outcome: &Outcome) {
    let Outcome::Completed(Completed { findings, .. }) = outcome else { return };
    let (fills, trades) = (&findings.fills, &findings.trades);
    for (name, count) in [("new", fills.new), ("known", fills.known), ("changed", fills.changed)] {
        metrics::counter!("import.fills", "outcome" => name).increment(count);
    }
    for (name, count) in [("opened", trades.opened), ("closed", trades.closed), ("changed", trades.changed)] {
        metrics::counter!("trades.built", "change" => name).increment(count);
    }
}

/// Writes the outcome.
pub(super) async fn write(
    tx: &mut PgConnection,
    user: UserId,
    upload: &Upload,
    outcome: Outcome,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    match outcome {
        Outcome::Completed(Completed { format, findings }) => {
            db::imports::complete(tx, user, upload.id, format.id(), &findings, now).await
        }
        Outcome::Failed(Unreadable { sentence, format, rows, diagnostics }) => {
            let found = (format.map(Format::id), &rows, &diagnostics);
            db::imports::fail(tx, user, upload.id, &sentence, found, now).await
        }
    }
}
