//! Bad migrations, each refused by the name of its rule, and good ones that are not.

use super::*;
use crate::folder::Folder;

/// Each with the rule that refuses it.
const BAD: [(&str, &str); 89] = [
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
    ("squawk-ignore", "-- squawk-ignore-file\nALTER TABLE trades ADD COLUMN x text;"),
    ("squawk-ignore", "-- squawk-ignore ban-drop-column\nALTER TABLE trades DROP COLUMN x;"),
    ("squawk-ignore", "/* squawk-ignore ban-drop-column */ ALTER TABLE trades DROP COLUMN x;"),
    ("do-block", "DO $$ BEGIN UPDATE trades SET x = 1; END $$;"),
    ("do-block", "DO LANGUAGE plpgsql $$ BEGIN LOCK TABLE trades; END $$;"),
    ("called", "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'UPDATE trades SET x = 1'; SELECT f();"),
    ("called", "CREATE PROCEDURE f() LANGUAGE sql AS 'UPDATE trades SET x = 1'; CALL f();"),
    (
        "called",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS ''; CREATE TABLE t (x int); INSERT INTO t VALUES (f());",
    ),
    ("called", "WITH x AS (SELECT f()) SELECT * FROM x;"),
    ("called", "EXPLAIN ANALYZE UPDATE trades SET x = 1;"),
    ("maybe-created", "CREATE TABLE IF NOT EXISTS trades (x int); CREATE INDEX i ON trades (x);"),
    ("maybe-created", "CREATE UNLOGGED TABLE IF NOT EXISTS trades (x int);"),
    ("truncate", "CREATE TABLE IF NOT EXISTS trades (x int); TRUNCATE trades;"),
    ("truncate", "CREATE TABLE t (x int); TRUNCATE t, trades;"),
    ("backfill", "CREATE TABLE IF NOT EXISTS trades (x int); UPDATE trades SET x = 1;"),
    ("checked-column", "ALTER TABLE trades ADD COLUMN z int CHECK(z > 0);"),
    ("checked-column", "ALTER TABLE trades ADD z int CHECK (z > 0);"),
    ("checked-column", "ALTER TABLE trades ADD z int CONSTRAINT c CHECK (z > 0);"),
    ("checked-column", "ALTER TABLE trades ADD COLUMN IF NOT EXISTS z int CHECK (z > 0);"),
    ("backfill", "MERGE INTO trades USING t ON t.id = trades.id WHEN MATCHED THEN UPDATE SET x = 1;"),
    ("backfill", "INSERT INTO trades SELECT * FROM t ON CONFLICT (id) DO UPDATE SET x = 1;"),
    ("backfill", "WITH a AS(DELETE FROM trades RETURNING x) INSERT INTO t SELECT x FROM a;"),
    ("attach-partition", "ALTER TABLE trades ATTACH PARTITION p FOR VALUES IN (1);"),
    ("domain-constraint", "ALTER DOMAIN d SET NOT NULL;"),
    ("domain-constraint", "ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0);"),
    ("domain-constraint", "ALTER DOMAIN d VALIDATE CONSTRAINT c;"),
    ("reindex-without-concurrently", "REINDEX SYSTEM journal;"),
    ("reindex-without-concurrently", "REINDEX INDEX i;"),
    ("table-rewrite", "ALTER INDEX i SET TABLESPACE s;"),
    ("table-rewrite", "ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b;"),
    ("nullable-key", "ALTER TABLE trades ADD CONSTRAINT p PRIMARY KEY USING INDEX i;"),
    ("timeout-settings", "SELECT set_config('lock_timeout', '0', false);"),
    ("timeout-settings", "RESET ALL;"),
    ("timeout-settings", "SET \"lock_timeout\" TO 0;"),
    ("lock-table", r"CREATE TABLE t (x text DEFAULT E'a\'b'); LOCK TABLE trades; --'"),
    ("lock-table", "CREATE TABLE t (\"it's\" text); LOCK TABLE trades; --'"),
    ("lock-table", "/* a /* b */ ' */ LOCK TABLE trades; --'"),
    ("lock-table", "LOCK/* */TABLE trades;"),
    ("drop-trigger", "DROP TRIGGER g ON trades;"),
    ("drop-policy", "DROP POLICY own ON trades;"),
    ("revoke", "REVOKE UPDATE ON trades FROM trades_app;"),
    ("disable-row-level-security", "ALTER TABLE trades DISABLE ROW LEVEL SECURITY;"),
];

const GOOD: [&str; 15] = [
    "CREATE TABLE t (id uuid PRIMARY KEY, x text NOT NULL CHECK (x <> '')); CREATE INDEX i ON t (x); INSERT INTO t SELECT;",
    "ALTER TABLE trades ADD COLUMN x text NOT NULL DEFAULT '';",
    "ALTER TABLE trades ADD COLUMN x text;",
    "-- no-transaction\n-- Finds them by x.\nCREATE INDEX CONCURRENTLY IF NOT EXISTS i ON trades (x);",
    "-- no-transaction\nDROP INDEX CONCURRENTLY IF EXISTS i;",
    "ALTER TABLE trades ADD CONSTRAINT c CHECK (x > 0) NOT VALID;",
    "ALTER TABLE trades VALIDATE CONSTRAINT c;",
    "ALTER TABLE trades ADD CONSTRAINT u UNIQUE USING INDEX i;",
    "ALTER TABLE trades ADD CONSTRAINT k FOREIGN KEY (x) REFERENCES y (id) NOT VALID, ADD COLUMN checked boolean;",
    "CREATE TABLE t (x int); TRUNCATE TABLE ONLY t; UPDATE t SET x = 1; REVOKE ALL ON TABLE t FROM trades_app;",
    "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE t SET x = 1; RETURN NEW; END $$; \
     CREATE TRIGGER g BEFORE UPDATE OR DELETE ON trades FOR EACH ROW EXECUTE FUNCTION f();",
    "GRANT SELECT, INSERT, UPDATE ON trades TO trades_app;",
    "INSERT INTO trades (x) VALUES (1) ON CONFLICT DO NOTHING;",
    "-- accepted: nullable-key: id is NOT NULL since 0003\nALTER TABLE trades ADD PRIMARY KEY USING INDEX i;",
    "-- accepted: ban-drop-column: nothing has read it since release 1.4\nALTER TABLE trades DROP COLUMN x;",
];

/// squawk, or a word about why the test was left out.
fn squawk() -> Option<PathBuf> {
    let squawk = Folder::new(None).and_then(|folder| squawk::SQUAWK.installed(&folder));
    squawk.inspect_err(|error| println!("skipped: {error:#}")).ok()
}

/// What is found in each of these texts.
fn found(squawk: Option<&Path>, texts: &[&str]) -> Vec<Vec<Finding>> {
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<PathBuf> =
        (0..texts.len()).map(|index| folder.path().join(format!("{index:04}_x.sql"))).collect();
    for (file, text) in files.iter().zip(texts) {
        fs::write(file, text).unwrap();
    }
    judged(squawk, &files).unwrap()
}

#[test]
fn every_bad_migration_is_refused_by_name_and_told_what_to_do_instead() {
    let squawk = squawk();
    let found = found(squawk.as_deref(), &BAD.map(|(_, text)| text));

    for ((rule, text), findings) in BAD.iter().zip(found) {
        if squawk.is_none() && !rules::is_ours(rule) {
            continue;
        }
        let refusal = findings.iter().find(|finding| finding.rule == *rule);
        let refusal = refusal.unwrap_or_else(|| panic!("{rule} does not refuse {text}: {findings:?}"));
        assert!(refusal.instead.len() > 20, "{refusal:?}");
    }
}

#[test]
fn rules_of_ours_need_no_squawk() {
    let ours: Vec<_> = BAD.iter().filter(|(rule, _)| rules::is_ours(rule)).collect();
    let found = found(None, &ours.iter().map(|(_, text)| *text).collect::<Vec<_>>());

    assert!(ours.len() > 50, "{}", ours.len());
    for ((rule, text), findings) in ours.into_iter().zip(found) {
        assert!(findings.iter().any(|finding| finding.rule == *rule), "{rule} does not refuse {text}");
    }
}

#[test]
fn without_squawk_nobody_says_that_nothing_breaks_its_rules() {
    let accepted =
        ["-- accepted: ban-drop-column: nothing has read it since 1.4\nALTER TABLE trades DROP COLUMN x;"];

    assert_eq!(found(None, &accepted), [[]]);
}

#[test]
fn a_good_migration_is_not_refused() {
    let found = found(squawk().as_deref(), &GOOD);

    for (text, findings) in GOOD.iter().zip(found) {
        assert_eq!(findings, [], "{text}");
    }
}

#[test]
fn an_acceptance_needs_a_reason_a_finding_and_a_rule_that_is_not_about_a_lock() {
    let Some(squawk) = squawk() else { return };
    let found = found(
        Some(&squawk),
        &[
            "-- accepted: ban-drop-column\nALTER TABLE trades DROP COLUMN x;",
            "-- accepted: ban-drop-column: long ago\nALTER TABLE trades ADD COLUMN x text;",
            "-- accepted: require-concurrent-index-creation: it is small\nCREATE INDEX i ON trades (x);",
        ],
    );

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

    for ((name, reason), findings) in BASELINE.iter().zip(judged(Some(&squawk), &listed).unwrap()) {
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
