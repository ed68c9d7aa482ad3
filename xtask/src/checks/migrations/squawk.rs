//! squawk, a linter of migrations to PostgreSQL, and what to do instead of what it refuses.

use super::{Finding, rules::Reason, statements::Migration};
use crate::tools::Tool;
use anyhow::{Context as _, ensure};
use serde::Deserialize;
use std::{path::Path, process::Command};

pub(super) const SQUAWK: Tool =
    Tool { package: "squawk-cli", extras: "", version: "2.70.0", program: "squawk" };

/// Matters of style, and time-outs, which the session that migrates sets.
const EXCLUDED: &str = "--exclude=require-lock-timeout,require-statement-timeout,prefer-bigint-over-int,prefer-bigint-over-smallint,\
                        prefer-robust-stmts,prefer-text-field,prefer-timestamptz,ban-char-field,require-table-schema,\
                        ban-concurrent-index-creation-in-transaction";

/// Rules that ask for another way to the same end, and that way.
const LOCKS: [(&str, &str); 15] = [
    (
        "adding-field-with-default",
        "the default is worked out for each row under the table's lock: add the column without it, SET DEFAULT for new rows, and fill the \
         old ones in batches",
    ),
    (
        "adding-foreign-key-constraint",
        "ADD CONSTRAINT ... FOREIGN KEY ... NOT VALID, and VALIDATE CONSTRAINT in a migration of its own",
    ),
    (
        "adding-not-nullable-field",
        "SET NOT NULL reads the whole table under its lock: ADD CONSTRAINT ... CHECK (... IS NOT NULL) NOT VALID, and VALIDATE CONSTRAINT \
         in a migration of its own",
    ),
    (
        "adding-serial-primary-key-field",
        "the key's index is built under the table's lock: CREATE UNIQUE INDEX CONCURRENTLY, then ADD PRIMARY KEY USING INDEX \
         over columns that are NOT NULL",
    ),
    (
        "prefer-identity",
        "serial fills every row under the table's lock: bigint GENERATED ALWAYS AS IDENTITY, and only in a new table",
    ),
    (
        "changing-column-type",
        "the table is written anew under its lock, and the code of before meets another type: add a second column, write both, fill it in \
         batches, read the new one, and drop the old one a release later",
    ),
    (
        "constraint-missing-not-valid",
        "ADD CONSTRAINT ... NOT VALID, and VALIDATE CONSTRAINT in a migration of its own",
    ),
    (
        "disallowed-unique-constraint",
        "the index is built under the table's lock: CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT ... UNIQUE USING INDEX",
    ),
    (
        "require-concurrent-index-creation",
        "nobody can write meanwhile: CREATE INDEX CONCURRENTLY IF NOT EXISTS in a file of its own that begins with `-- no-transaction`",
    ),
    (
        "require-concurrent-index-deletion",
        "this waits for everybody, and everybody for it: DROP INDEX CONCURRENTLY IF EXISTS in a file of its own that begins with \
         `-- no-transaction`",
    ),
    ("require-concurrent-reindex", "nobody can write meanwhile: REINDEX ... CONCURRENTLY"),
    ("require-concurrent-partition-detach", "DETACH PARTITION ... CONCURRENTLY"),
    ("transaction-nesting", "a migration is one transaction already: leave BEGIN and COMMIT out"),
    ("ban-uncommitted-transaction", "a migration is one transaction already: leave BEGIN and COMMIT out"),
    (
        "adding-required-field",
        "the code of before inserts rows without it: give it a constant DEFAULT, or let it be null",
    ),
];

/// What renames and drops come to.
const CONTRACT: &str = "The code of before may still use it: stop using it in one release, and take it away in a later one with \
                        `-- accepted: <rule>: <since when nothing uses it>`. What is renamed is added anew, written twice, then taken away";

/// squawk's words for one finding.
#[derive(Deserialize)]
struct Told {
    /// Counted from 0.
    line: usize,
    rule_name: String,
    message: String,
    help: Option<String>,
}

/// What squawk finds in a file.
pub(super) fn findings(squawk: &Path, file: &Path, migration: &Migration) -> anyhow::Result<Vec<Finding>> {
    let mut command = Command::new(squawk);
    command.args(["--reporter", "json", "--pg-version", "16.0", "--no-error-on-unmatched-pattern", EXCLUDED]);
    command.args((!migration.no_transaction).then_some("--assume-in-transaction")).arg(file);
    let output = command.output().context("cannot run squawk")?;
    // 1: it found something.
    ensure!(
        matches!(output.status.code(), Some(0 | 1)) && !output.stdout.is_empty(),
        "squawk: {}",
        String::from_utf8_lossy(&output.stderr).trim()
    );
    let told: Vec<Told> =
        serde_json::from_slice(&output.stdout).context("squawk speaks another language than expected")?;
    Ok(told.into_iter().map(finding).collect())
}

fn finding(told: Told) -> Finding {
    let Told { line, rule_name: rule, message, help } = told;
    let known = LOCKS.iter().find(|(name, _)| *name == rule).map(|(_, instead)| (*instead).to_owned());
    let takes_away =
        ["ban-drop", "renaming", "ban-alter", "ban-truncate"].iter().any(|kind| rule.starts_with(kind));
    let (reason, instead) = match known {
        Some(instead) => (Reason::Lock, instead),
        None if takes_away => (Reason::Compatibility, format!("{message} {CONTRACT}")),
        None => (Reason::Lock, [message, help.unwrap_or_default()].join(" ").trim().to_owned()),
    };
    Finding { line: line + 1, rule, reason, instead }
}
