//! Rules of our own, where squawk has none.

use super::{
    Finding,
    statements::{Migration, Statement},
};

/// Why a rule is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// Somebody would wait for a lock: there is always another way.
    Lock,
    /// The code of before may need what is taken away: fine once no release that may still run does.
    Compatibility,
}

struct Rule {
    name: &'static str,
    reason: Reason,
    is_broken_by: fn(&Statement, &Migration) -> bool,
    instead: &'static str,
}

const RULES: [Rule; 11] = [
    Rule {
        name: "timeout-settings",
        reason: Reason::Lock,
        is_broken_by: |statement, _| {
            ["lock_timeout", "statement_timeout"].iter().any(|setting| statement.text.contains(setting))
        },
        instead: "the session that migrates bounds how long it waits for a lock: leave its time-outs alone",
    },
    Rule {
        name: "lock-table",
        reason: Reason::Lock,
        is_broken_by: |statement, _| statement.text.starts_with("lock "),
        instead: "a table that is locked to the end of the transaction stops everybody: take row locks, or none",
    },
    Rule {
        name: "table-rewrite",
        reason: Reason::Lock,
        is_broken_by: rewrites,
        instead: "this writes the table anew while nobody can use it: make a new table, fill it in batches, and let the code move over",
    },
    Rule {
        name: "truncate",
        reason: Reason::Lock,
        is_broken_by: |statement, migration| {
            migration.touches(statement, "truncate") || migration.touches(statement, "truncate table")
        },
        instead: "TRUNCATE waits for, and then stops, everybody who uses the table: delete in batches from a periodic job",
    },
    Rule {
        name: "refresh-without-concurrently",
        reason: Reason::Lock,
        is_broken_by: |statement, _| {
            statement.text.starts_with("refresh materialized view")
                && !statement.text.contains(" concurrently ")
        },
        instead: "nobody can read the view meanwhile: REFRESH MATERIALIZED VIEW CONCURRENTLY",
    },
    Rule {
        name: "checked-column",
        reason: Reason::Lock,
        is_broken_by: |statement, migration| {
            let checked = |action: &&str| action.contains("add column") && action.contains(" check (");
            migration.touches(statement, "alter table") && statement.actions().iter().any(checked)
        },
        instead: "the check reads the whole table under its lock: add the column alone, then ADD CONSTRAINT ... CHECK ... NOT VALID, and \
                  VALIDATE CONSTRAINT in a migration of its own",
    },
    Rule {
        name: "validated-at-once",
        reason: Reason::Lock,
        is_broken_by: |statement, migration| {
            let adds = |other: &Statement| other.text.contains("not valid");
            statement.text.contains(" validate constraint ") && migration.statements.iter().any(adds)
        },
        instead: "the lock of ADD CONSTRAINT is held until the transaction ends, so over the validation: VALIDATE CONSTRAINT in a \
                  migration of its own",
    },
    Rule {
        name: "concurrently-in-transaction",
        reason: Reason::Lock,
        is_broken_by: |statement, migration| {
            statement.text.contains(" concurrently ") && !migration.no_transaction
        },
        instead: "PostgreSQL refuses this in a transaction: make `-- no-transaction` the first line of a file with this one statement",
    },
    Rule {
        name: "several-without-transaction",
        reason: Reason::Lock,
        is_broken_by: |statement, migration| {
            migration.no_transaction && migration.statements.first().is_some_and(|first| first != statement)
        },
        instead: "without a transaction, a file that fails halfway stays halfway: one statement a file",
    },
    Rule {
        name: "unrepeatable",
        reason: Reason::Lock,
        is_broken_by: |statement, migration| {
            let repeatable =
                ["if not exists", "if exists"].iter().any(|words| statement.text.contains(words));
            migration.no_transaction && statement.text.contains(" index concurrently ") && !repeatable
        },
        instead: "who is interrupted here has to be able to run it again: IF NOT EXISTS, or IF EXISTS",
    },
    Rule {
        name: "backfill",
        reason: Reason::Compatibility,
        is_broken_by: changes_rows,
        instead: "changed rows stay locked until the migration ends, and row level security may hide them: fill in batches from a \
                  periodic job, or accept it for a table that is known to be small",
    },
];

/// What breaks a rule of ours.
pub(super) fn findings(migration: &Migration) -> Vec<Finding> {
    let mut found = Vec::new();
    for statement in &migration.statements {
        let broken = RULES.iter().filter(|rule| (rule.is_broken_by)(statement, migration));
        found.extend(broken.map(|rule| Finding {
            line: statement.line,
            rule: rule.name.to_owned(),
            reason: rule.reason,
            instead: rule.instead.to_owned(),
        }));
    }
    found
}

fn rewrites(statement: &Statement, migration: &Migration) -> bool {
    let actions = [" set logged", " set unlogged", " set tablespace ", " set access method "];
    let whole = statement.text.starts_with("vacuum") && statement.text.contains("full");
    whole
        || statement.text.starts_with("cluster")
        || migration.touches(statement, "alter table")
            && actions.iter().any(|action| statement.text.contains(action))
}

fn changes_rows(statement: &Statement, migration: &Migration) -> bool {
    let nested = [" update ", "(update ", " delete from ", "(delete from "];
    migration.touches(statement, "update")
        || migration.touches(statement, "delete from")
        || statement.text.starts_with("with ") && nested.iter().any(|verb| statement.text.contains(verb))
}
