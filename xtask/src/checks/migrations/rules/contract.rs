//! Rules about the code of before: fine once nobody uses what is taken away, which an acceptance says.

use super::Rule;
use crate::checks::migrations::statements::{Migration, Statement};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "backfill",
        is_broken_by: changes_rows,
        instead: "changed rows stay locked until the migration ends, and row level security may hide them: fill in batches from a \
                  periodic job, or accept it for a table that is known to be small",
    },
    Rule {
        name: "called",
        is_broken_by: calls,
        instead: "what a function does, nobody looks into here: write the statements themselves, or accept it and say what it does to whom",
    },
    Rule {
        name: "attach-partition",
        is_broken_by: |statement, migration| {
            migration.touches(statement, "alter table") && statement.text.contains(" attach partition ")
        },
        instead: "both tables are locked while every row is read: ADD CONSTRAINT ... CHECK (its bounds) NOT VALID, VALIDATE CONSTRAINT in a \
                  migration of its own, the same for a default partition, and then accept this as one that reads nothing",
    },
    Rule {
        name: "nullable-key",
        is_broken_by: |statement, migration| {
            migration.touches(statement, "alter table")
                && statement.text.contains(" primary key using index ")
        },
        instead: "a column that may be null is made NOT NULL here, by reading the whole table under its lock: a valid CHECK (... IS NOT NULL) \
                  first, or accept it for columns that are NOT NULL",
    },
    Rule {
        name: "drop-trigger",
        is_broken_by: |statement, _| statement.text.starts_with("drop trigger "),
        instead: "the code of before may count on it: CREATE OR REPLACE TRIGGER, or drop it a release after the last code that needs it",
    },
    Rule {
        name: "drop-policy",
        is_broken_by: |statement, _| statement.text.starts_with("drop policy "),
        instead: "without it the code of before sees no rows, or too many: add another policy, and drop this one a release later",
    },
    Rule {
        name: "revoke",
        is_broken_by: |statement, migration| {
            statement.text.starts_with("revoke ") && migration.is_about_old(statement, " on ")
        },
        instead: "the code of before may still do what is taken away: revoke it a release after the last code that does",
    },
    Rule {
        name: "disable-row-level-security",
        is_broken_by: |statement, migration| {
            migration.touches(statement, "alter table")
                && statement.text.contains(" disable row level security")
        },
        instead: "the code of before counts on it, and would show everybody everything: never while one release that runs does",
    },
];

/// Verbs that change rows where they do not begin a statement.
const NESTED: [&str; 3] = [" ( update ", " ( delete from ", " ( merge into "];

fn changes_rows(statement: &Statement, migration: &Migration) -> bool {
    let within = |verbs: &[&str]| verbs.iter().any(|verb| statement.text.contains(verb));
    ["update", "delete from", "merge into"].iter().any(|verb| migration.touches(statement, verb))
        || within(&NESTED)
        || statement.text.starts_with("with ") && within(&[" update ", " delete from ", " merge into "])
        || migration.touches(statement, "insert into") && within(&[" do update "])
}

/// Whether this does something by way of code that stands elsewhere.
fn calls(statement: &Statement, migration: &Migration) -> bool {
    let begins = |verbs: &[&str]| verbs.iter().any(|verb| statement.text.starts_with(verb));
    let only_asks = begins(&["with "])
        && !statement.text.contains(" insert into ")
        && !changes_rows(statement, migration);
    let fills = begins(&[
        "insert ",
        "update ",
        "delete ",
        "merge ",
        "with ",
        "create table ",
        "create materialized ",
    ]);
    only_asks
        || begins(&[
            "select ", "( ", "values ", "call ", "prepare ", "execute ", "explain ", "declare ", "copy ",
        ])
        || fills && migration.calls_its_own(statement)
}
