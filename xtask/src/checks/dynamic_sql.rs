//! Where SQL is put together at run time: only where somebody has looked that nothing of a user's gets into its text.

use super::Verdict;
use crate::folder::workspace;
use anyhow::Context as _;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What sqlx offers besides static text.
const WAYS: [&str; 3] = ["QueryBuilder", "AssertSqlSafe", "raw_sql"];

/// Files that were looked at: their text is ours, what a user gave is bound.
const KNOWN: [&str; 14] = [
    "crates/events/src/departures.rs",
    "crates/events/src/portions.rs",
    "crates/runtime/src/postgres/bounds.rs",
    "crates/runtime/src/postgres/login.rs",
    "crates/runtime/src/postgres/migration.rs",
    "services/analytics/src/db/cash_flows.rs",
    "services/analytics/src/db/selection.rs",
    "services/analytics/src/db/selection/conditions.rs",
    "services/trades/src/db/account_events/reading.rs",
    "services/trades/src/db/exchange_rates/reading.rs",
    "services/trades/src/db/fills/reading.rs",
    "services/trades/src/db/imports/reading.rs",
    "services/trades/src/db/regroupings.rs",
    "services/trades/src/db/trades/reading.rs",
];

/// Finds files that are not among those that were looked at.
pub(crate) fn check() -> anyhow::Result<Verdict> {
    let mut unknown = Vec::new();
    for file in sources(workspace())? {
        let name = file.strip_prefix(workspace())?.to_string_lossy().into_owned();
        if !KNOWN.contains(&name.as_str()) && is_dynamic(&fs::read_to_string(&file)?) {
            unknown.push(name);
        }
    }
    if unknown.is_empty() {
        return Ok(Verdict::Passed);
    }
    unknown.sort();
    Ok(Verdict::Failed(format!(
        "SQL is put together at run time in {}: use static text, or bind all that a user gives and list the file in {}",
        unknown.join(", "),
        file!()
    )))
}

fn is_dynamic(source: &str) -> bool {
    WAYS.iter().any(|way| source.contains(way))
}

/// Everything that services are made of; tests and what serves only them may do as they like.
fn sources(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = Vec::new();
    for group in ["crates", "services"] {
        for entry in fs::read_dir(root.join(group)).with_context(|| format!("cannot read {group}"))? {
            let member = entry?.path();
            let of_tests = ["testing", "servers"].map(|name| root.join("crates").join(name));
            if member.join("src").is_dir() && !of_tests.contains(&member) {
                folders.push(member.join("src"));
            }
        }
    }
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                found.push(path);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_file_is_there_and_still_needs_it() {
        for name in KNOWN {
            let source = fs::read_to_string(workspace().join(name)).unwrap();
            assert!(is_dynamic(&source), "{name} has only static text: take it off the list");
        }
    }

    #[test]
    fn static_text_needs_no_look() {
        assert!(!is_dynamic(r#"sqlx::query("SELECT 1").bind(name)"#));
        assert!(is_dynamic("sqlx::query(AssertSqlSafe(format!(\"SELECT {name}\")))"));
    }
}
