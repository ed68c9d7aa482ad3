//! Bad migrations, each refused by the name of its rule, and good ones that are not.

use super::*;
use crate::folder::Folder;

/// Each with the rule that refuses it.
const BAD: [(&str, &str); 47] = [
    (
        "adding-field-with-default",
        "ALTER TABLE trades ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();",
    ),
    ("adding-field-with-default", "ALTER TABLE trades ADD COLUMN x bigint GENERATED ALWAYS AS IDENTITY;"),
    (
        "adding-field-with-default",
        "ALTER TABLE trades ADD COLUMN x bigint GENERATED ALWAYS AS (y * 2) STORED;",
    ),
    ("adding-required-field", "ALTER TABLE trades ADD COLUMN x text NOT NULL;"),
    ("prefer-identity", "ALTER TABLE trades ADD COLUMN x bigserial;"),
    ("require-concurrent-index-creation", "CREATE INDEX i ON trades (x);"),
    ("require-concurrent-index-creation", "CREATE UNIQUE INDEX i ON trades (x);"),
    ("require-concurrent-index-deletion", "DROP INDEX i;"),
    ("require-concurrent-reindex", "REINDEX TABLE trades;"),
    ("concurrently-in-transaction", "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON trades (x);"),
    ("unrepeatable", "-- no-transaction\nCREATE INDEX CONCURRENTLY i ON trades (x);"),
    ("several-without-transaction", "-- no-transaction\nDROP INDEX CONCURRENTLY IF EXISTS i; SELECT 1;"),
    ("changing-column-type", "ALTER TABLE trades ALTER COLUMN x TYPE bigint;"),
    ("constraint-missing-not-valid", "ALTER TABLE trades ADD CONSTRAINT c CHECK (x > 0);"),
    ("constraint-missing-not-valid", "ALTER TABLE trades ADD CONSTRAINT e EXCLUDE USING gist (r WITH &&);"),
    ("checked-column", "ALTER TABLE trades ADD COLUMN x text, ADD COLUMN z int CHECK (z > 0);"),
    (
        "validated-at-once",
        "ALTER TABLE t ADD CONSTRAINT c CHECK (x > 0) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT c;",
    ),
    ("adding-foreign-key-constraint", "ALTER TABLE trades ADD FOREIGN KEY (x) REFERENCES y (id);"),
    ("adding-foreign-key-constraint", "ALTER TABLE trades ADD COLUMN z uuid REFERENCES y (id);"),
    ("disallowed-unique-constraint", "ALTER TABLE trades ADD COLUMN z uuid UNIQUE;"),
    ("disallowed-unique-constraint", "ALTER TABLE trades ADD CONSTRAINT u UNIQUE (x);"),
    ("adding-serial-primary-key-field", "ALTER TABLE trades ADD PRIMARY KEY (x);"),
    ("adding-not-nullable-field", "ALTER TABLE trades ALTER COLUMN x SET NOT NULL;"),
    ("ban-drop-not-null", "ALTER TABLE trades ALTER COLUMN x DROP NOT NULL;"),
    ("ban-drop-default", "ALTER TABLE trades ALTER COLUMN x DROP DEFAULT;"),
    ("ban-drop-constraint", "ALTER TABLE trades DROP CONSTRAINT c;"),
    ("ban-drop-column", "ALTER TABLE trades DROP COLUMN x;"),
    ("ban-drop-table", "DROP TABLE trades;"),
    ("ban-drop-view", "DROP VIEW v;"),
    ("ban-drop-function", "DROP FUNCTION f();"),
    ("ban-drop-type", "DROP TYPE t;"),
    ("renaming-column", "ALTER TABLE trades RENAME COLUMN x TO y;"),
    ("renaming-table", "ALTER TABLE trades RENAME TO y;"),
    ("renaming-object", "ALTER TABLE trades RENAME CONSTRAINT x TO y;"),
    ("renaming-object", "ALTER TYPE t RENAME VALUE 'a' TO 'b';"),
    ("transaction-nesting", "BEGIN; ALTER TABLE trades ADD COLUMN x text; COMMIT;"),
    ("truncate", "TRUNCATE trades;"),
    ("truncate", "TRUNCATE TABLE ONLY trades;"),
    ("table-rewrite", "ALTER TABLE trades SET UNLOGGED;"),
    ("table-rewrite", "CLUSTER trades USING i;"),
    ("lock-table", "LOCK TABLE trades IN EXCLUSIVE MODE;"),
    ("timeout-settings", "SET lock_timeout = 0; ALTER TABLE trades ADD COLUMN x text;"),
    ("refresh-without-concurrently", "REFRESH MATERIALIZED VIEW v;"),
    ("backfill", "UPDATE trades SET x = 1;"),
    ("backfill", "WITH old AS (SELECT 1) DELETE FROM trades USING old;"),
    ("require-concurrent-partition-detach", "ALTER TABLE trades DETACH PARTITION x;"),
    ("syntax-error", "ALTER TABEL trades ADD COLUMN x text;"),
];

const GOOD: [&str; 9] = [
    "CREATE TABLE t (id uuid PRIMARY KEY, x text NOT NULL CHECK (x <> '')); CREATE INDEX i ON t (x); INSERT INTO t SELECT;",
    "ALTER TABLE trades ADD COLUMN x text NOT NULL DEFAULT '';",
    "ALTER TABLE trades ADD COLUMN x text;",
    "-- no-transaction\n-- Finds them by x.\nCREATE INDEX CONCURRENTLY IF NOT EXISTS i ON trades (x);",
    "-- no-transaction\nDROP INDEX CONCURRENTLY IF EXISTS i;",
    "ALTER TABLE trades ADD CONSTRAINT c CHECK (x > 0) NOT VALID;",
    "ALTER TABLE trades VALIDATE CONSTRAINT c;",
    "ALTER TABLE trades ADD CONSTRAINT u UNIQUE USING INDEX i;",
    "-- accepted: ban-drop-column: nothing has read it since release 1.4\nALTER TABLE trades DROP COLUMN x;",
];

/// squawk, or a word about why the test was left out.
fn squawk() -> Option<PathBuf> {
    let squawk = Folder::new(None).and_then(|folder| squawk::SQUAWK.installed(&folder));
    squawk.inspect_err(|error| println!("skipped: {error:#}")).ok()
}

/// What is found in each of these texts.
fn found(texts: &[&str]) -> Option<Vec<Vec<Finding>>> {
    let squawk = squawk()?;
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<PathBuf> =
        (0..texts.len()).map(|index| folder.path().join(format!("{index:04}_x.sql"))).collect();
    for (file, text) in files.iter().zip(texts) {
        fs::write(file, text).unwrap();
    }
    Some(judged(&squawk, &files).unwrap())
}

#[test]
fn every_bad_migration_is_refused_by_name_and_told_what_to_do_instead() {
    let Some(found) = found(&BAD.map(|(_, text)| text)) else { return };

    for ((rule, text), findings) in BAD.iter().zip(found) {
        let refusal = findings.iter().find(|finding| finding.rule == *rule);
        let refusal = refusal.unwrap_or_else(|| panic!("{rule} does not refuse {text}: {findings:?}"));
        assert!(refusal.instead.len() > 20, "{refusal:?}");
    }
}

#[test]
fn a_good_migration_is_not_refused() {
    let Some(found) = found(&GOOD) else { return };

    for (text, findings) in GOOD.iter().zip(found) {
        assert_eq!(findings, [], "{text}");
    }
}

#[test]
fn an_acceptance_needs_a_reason_a_finding_and_a_rule_that_is_not_about_a_lock() {
    let Some(found) = found(&[
        "-- accepted: ban-drop-column\nALTER TABLE trades DROP COLUMN x;",
        "-- accepted: ban-drop-column: long ago\nALTER TABLE trades ADD COLUMN x text;",
        "-- accepted: require-concurrent-index-creation: it is small\nCREATE INDEX i ON trades (x);",
    ]) else {
        return;
    };

    let rules: Vec<Vec<&str>> =
        found.iter().map(|findings| findings.iter().map(|finding| finding.rule.as_str()).collect()).collect();
    assert_eq!(
        rules,
        [
            vec!["accepted: ban-drop-column", "ban-drop-column"],
            vec!["accepted: ban-drop-column"],
            vec!["accepted: require-concurrent-index-creation", "require-concurrent-index-creation"],
        ]
    );
}

#[test]
fn two_migrations_of_a_folder_cannot_have_one_number() {
    let files = ["a/0001_x.sql", "a/0001_y.sql", "a/0002_x.sql", "b/0001_x.sql"].map(PathBuf::from);

    assert_eq!(doubles(&files), ["a/0001_y.sql: its number is taken: take the next free one"]);
}

#[test]
fn every_listed_file_is_there_and_still_needs_it() {
    let Some(squawk) = squawk() else { return };
    let listed: Vec<PathBuf> = BASELINE.iter().map(|(file, _)| workspace().join(file)).collect();

    for ((name, reason), findings) in BASELINE.iter().zip(judged(&squawk, &listed).unwrap()) {
        assert!(!findings.is_empty(), "{name} breaks no rule: take it off the list");
        assert!(!reason.is_empty());
    }
}

#[test]
fn the_migrations_of_this_checkout_are_good_or_listed() {
    let folder = Folder::new(None).unwrap();

    let verdict = check(&folder).unwrap();

    assert!(matches!(verdict, Verdict::Passed | Verdict::Skipped(_)), "{verdict:?}");
}
