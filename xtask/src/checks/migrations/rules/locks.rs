//! Rules about locks: somebody would wait, and there is always another way.

use super::Rule;
use crate::checks::migrations::statements::{Migration, Statement};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "timeout-settings",
        is_broken_by: |statement, _| {
            let named = ["lock_timeout", "statement_timeout", "set_config ("];
            named.iter().any(|setting| statement.text.contains(setting))
                || ["reset all", "discard all"].contains(&statement.text.as_str())
        },
        instead: "the session that migrates bounds how long it waits for a lock: leave its time-outs alone",
    },
    Rule {
        name: "lock-table",
        is_broken_by: |statement, _| statement.text.starts_with("lock "),
        instead: "a table that is locked to the end of the transaction stops everybody: take row locks, or none",
    },
    Rule {
        name: "table-rewrite",
        is_broken_by: rewrites,
        instead: "this writes the table anew while nobody can use it: make a new table, fill it in batches, and let the code move over",
    },
    Rule {
        name: "truncate",
        is_broken_by: |statement, migration| migration.touches(statement, "truncate"),
        instead: "TRUNCATE waits for, and then stops, everybody who uses the table: delete in batches from a periodic job",
    },
    Rule {
        name: "refresh-without-concurrently",
        is_broken_by: |statement, _| {
            statement.text.starts_with("refresh materialized view")
                && !statement.text.contains(" concurrently ")
        },
        instead: "nobody can read the view meanwhile: REFRESH MATERIALIZED VIEW CONCURRENTLY",
    },
    Rule {
        name: "maybe-created",
        is_broken_by: |statement, _| {
            let table = statement.text.split(" if not exists ").next().unwrap_or_default();
            table != statement.text && table.starts_with("create ") && table.ends_with(" table")
        },
        instead: "whether the table is new decides what may be done to it, so leave IF NOT EXISTS out: a migration runs once, and knows",
    },
    Rule {
        name: "do-block",
        is_broken_by: |statement, _| statement.text == "do" || statement.text.starts_with("do "),
        instead: "nobody looks into a block of code: write the statements themselves",
    },
    Rule {
        name: "reindex-without-concurrently",
        is_broken_by: |statement, _| {
            statement.text.starts_with("reindex") && !statement.text.contains(" concurrently ")
        },
        instead: "nobody can write meanwhile: REINDEX INDEX CONCURRENTLY, or REINDEX TABLE CONCURRENTLY; a system's own catalogs are not ours",
    },
    Rule {
        name: "domain-constraint",
        is_broken_by: constrains_domain,
        instead: "every table with such a column is read while nobody can write to it: ALTER DOMAIN ... ADD CONSTRAINT ... NOT VALID binds new \
                  rows; what holds for old ones, a constraint of each table says",
    },
    Rule {
        name: "checked-column",
        is_broken_by: |statement, migration| {
            migration.touches(statement, "alter table")
                && statement.actions().into_iter().any(adds_checked_column)
        },
        instead: "the check reads the whole table under its lock: add the column alone, then ADD CONSTRAINT ... CHECK ... NOT VALID, and \
                  VALIDATE CONSTRAINT in a migration of its own",
    },
    Rule {
        name: "validated-at-once",
        is_broken_by: |statement, migration| {
            let adds = |other: &Statement| other.text.contains("not valid");
            statement.text.contains(" validate constraint ") && migration.statements.iter().any(adds)
        },
        instead: "the lock of ADD CONSTRAINT is held until the transaction ends, so over the validation: VALIDATE CONSTRAINT in a \
                  migration of its own",
    },
    Rule {
        name: "concurrently-in-transaction",
        is_broken_by: |statement, migration| {
            statement.text.contains(" concurrently ") && !migration.no_transaction
        },
        instead: "PostgreSQL refuses this in a transaction: make `-- no-transaction` the first line of a file with this one statement",
    },
    Rule {
        name: "several-without-transaction",
        is_broken_by: |statement, migration| {
            migration.no_transaction && migration.statements.first().is_some_and(|first| first != statement)
        },
        instead: "without a transaction, a file that fails halfway stays halfway: one statement a file",
    },
    Rule {
        name: "unrepeatable",
        is_broken_by: |statement, migration| {
            let repeatable =
                ["if not exists", "if exists"].iter().any(|words| statement.text.contains(words));
            migration.no_transaction && statement.text.contains(" index concurrently ") && !repeatable
        },
        instead: "who is interrupted here has to be able to run it again: IF NOT EXISTS, or IF EXISTS",
    },
];

fn rewrites(statement: &Statement, migration: &Migration) -> bool {
    let actions = [" set logged", " set unlogged", " set tablespace ", " set access method "];
    let whole = statement.text.starts_with("vacuum") && statement.text.contains("full");
    let is_new = statement.text.starts_with("alter table ") && !migration.touches(statement, "alter table");
    whole
        || statement.text.starts_with("cluster")
        || statement.text.starts_with("alter ")
            && !is_new
            && actions.iter().any(|action| statement.text.contains(action))
}

/// `ADD [COLUMN] x ... CHECK (...)`, which is no constraint of the table: for those there is NOT VALID.
fn adds_checked_column(action: &str) -> bool {
    let mut words = action.split(' ').skip_while(|word| *word != "add").skip(1).peekable();
    let is_column = words.next_if_eq(&"column").is_some();
    let constraints = ["constraint", "check", "unique", "primary", "foreign", "exclude"];
    let is_constraint = !is_column && words.peek().is_some_and(|word| constraints.contains(word));
    !is_constraint && words.any(|word| word == "check")
}

fn constrains_domain(statement: &Statement, _: &Migration) -> bool {
    let reads = [" set not null", " add ", " validate "];
    statement.text.starts_with("alter domain ")
        && reads.iter().any(|action| statement.text.contains(action))
        && !statement.text.ends_with(" not valid")
}
