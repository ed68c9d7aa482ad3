//! A broker's file on its way through the public API: account, upload, import, statistics.

use crate::{
    api::{Api, Import, ImportStatus, NewAccount, Summary},
    interrupt::Interrupt,
    progress::Step,
};
use anyhow::bail;
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// An import that makes no progress for so long will not make any.
const PATIENCE: Duration = Duration::from_mins(3);
const PAUSE: Duration = Duration::from_millis(100);

/// A file to import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Delivery {
    pub file: PathBuf,
    /// Where to; created when there is none of that name.
    pub account: NewAccount,
    /// Zone of times that the file gives without one.
    pub time_zone: Option<String>,
    /// Recognised from the content when absent.
    pub format: Option<String>,
}

/// What became of a file.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    pub file: String,
    pub import: Import,
    /// Of the whole account, one per currency.
    pub figures: Vec<Figures>,
}

/// Round trips of one account in one currency.
#[derive(Clone, Debug)]
pub(crate) struct Figures {
    pub closed: u64,
    pub open: u64,
    pub summary: Summary,
}

impl Delivery {
    /// A file of the user's own, into the account of that name, else into one named after the file.
    pub fn of_file(file: &Path, account: Option<&str>, time_zone: Option<&str>) -> Self {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let account = NewAccount {
            name: account.map_or(stem, str::to_owned),
            broker: "Imported".to_owned(),
            currency: "USD".to_owned(),
            time_zone: time_zone.unwrap_or("UTC").to_owned(),
        };
        Self { file: file.to_owned(), account, time_zone: time_zone.map(str::to_owned), format: None }
    }

    fn file_name(&self) -> String {
        self.file.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Imports the file and waits until the statistics show it. A failed import is an error.
    pub fn deliver(&self, api: &mut Api, interrupt: &Interrupt) -> anyhow::Result<Outcome> {
        let file = self.file_name();
        let step = Step::begin(format!("{file}: uploading"));
        let account = api.account(&self.account)?;
        let fields = [("time_zone", &self.time_zone), ("format", &self.format)];
        let fields: Vec<(&str, &str)> =
            fields.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?))).collect();
        let import = api.upload(&account.id, &self.file, &fields)?;
        let import = follow(api, import, &file, &step, interrupt)?;
        step.now(format!("{file}: waiting for the statistics"));
        let figures = figures(api, &account.id, interrupt)?;
        step.done(format!("{file}: {}", told(&import)));
        Ok(Outcome { file, import, figures })
    }
}

/// Waits until an import is completed.
fn follow(
    api: &mut Api,
    mut import: Import,
    file: &str,
    step: &Step,
    interrupt: &Interrupt,
) -> anyhow::Result<Import> {
    let mut moved = Instant::now();
    loop {
        match import.status {
            ImportStatus::Completed => return Ok(import),
            ImportStatus::Failed => bail!("{file} was not imported: {}", why(&import)),
            ImportStatus::Undone => bail!("the import of {file} was taken back meanwhile"),
            ImportStatus::Queued => step.now(format!("{file}: queued")),
            ImportStatus::Running => step.now(format!("{file}: {} %", import.progress)),
        }
        if moved.elapsed() > PATIENCE {
            bail!("the import of {file} has stood still at {} % for 3 minutes", import.progress);
        }
        interrupt.pause(PAUSE)?;
        let next = api.import(&import.id)?;
        if (next.status, next.progress) != (import.status, import.progress) {
            moved = Instant::now();
        }
        import = next;
    }
}

fn why(import: &Import) -> String {
    let fault = import.diagnostics.iter().find(|diagnostic| diagnostic.severity == "error");
    let fault = fault.map(|fault| format!("line {}: {}", fault.line, fault.message));
    import.failure.clone().or(fault).unwrap_or_else(|| "no reason is given".to_owned())
}

/// An account's figures, once analytics counts as many closed trades as there are.
fn figures(api: &mut Api, account: &str, interrupt: &Interrupt) -> anyhow::Result<Vec<Figures>> {
    let deadline = Instant::now() + PATIENCE;
    let closed = api.count_trades(account, "closed")?;
    let open = api.count_trades(account, "open")?;
    let currencies: BTreeSet<&String> = closed.keys().chain(open.keys()).collect();
    let mut figures = Vec::new();
    for currency in currencies {
        let expected = closed.get(currency).copied().unwrap_or_default();
        let summary = loop {
            let summary = api.summary(account, currency)?;
            if summary.trades == expected {
                break summary;
            }
            if Instant::now() > deadline {
                bail!("the statistics count {} of {expected} closed trades in {currency}", summary.trades);
            }
            interrupt.pause(PAUSE)?;
        };
        figures.push(Figures {
            closed: expected,
            open: open.get(currency).copied().unwrap_or_default(),
            summary,
        });
    }
    Ok(figures)
}

fn told(import: &Import) -> String {
    let format = import.format.as_deref().unwrap_or("unknown format");
    if import.fills.new == 0 && import.fills.changed == 0 {
        return format!("nothing new, all {} fills are known ({format})", import.fills.known);
    }
    format!("{} new fills ({format})", import.fills.new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn import(fills: &serde_json::Value, failure: Option<&str>) -> Import {
        serde_json::from_value(json!({
            "id": "1", "status": "failed", "format": "generic-csv", "progress": 100,
            "rows": {"total": 3, "read": 2, "skipped": 0, "rejected": 1}, "fills": fills, "failure": failure,
            "diagnostics": [
                {"line": 1, "severity": "info", "code": "x", "message": "fine"},
                {"line": 2, "severity": "error", "code": "y", "message": "no price"},
            ],
        }))
        .unwrap()
    }

    #[test]
    fn a_file_that_was_imported_before_brings_nothing_new() {
        let again = import(&json!({"new": 0, "known": 12, "changed": 0}), None);

        assert_eq!(told(&again), "nothing new, all 12 fills are known (generic-csv)");
        assert_eq!(
            told(&import(&json!({"new": 3, "known": 9, "changed": 0}), None)),
            "3 new fills (generic-csv)"
        );
    }

    #[test]
    fn a_failure_is_told_by_its_reason_else_by_its_first_error() {
        let fills = json!({"new": 0, "known": 0, "changed": 0});

        assert_eq!(why(&import(&fills, Some("not a broker's file"))), "not a broker's file");
        assert_eq!(why(&import(&fills, None)), "line 2: no price");
    }

    #[test]
    fn a_file_without_a_named_account_goes_into_one_of_its_own_name() {
        let own = Delivery::of_file(Path::new("/tmp/flex-2026.xml"), None, None);
        let named = Delivery::of_file(Path::new("/tmp/flex-2026.xml"), Some("IB"), Some("Europe/Berlin"));

        assert_eq!(
            (own.account.name.as_str(), own.account.time_zone.as_str(), own.time_zone),
            ("flex-2026", "UTC", None)
        );
        assert_eq!((named.account.name.as_str(), named.account.time_zone.as_str()), ("IB", "Europe/Berlin"));
        assert_eq!(named.time_zone.as_deref(), Some("Europe/Berlin"));
    }
}
