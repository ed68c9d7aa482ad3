//! A migration taken apart: its statements without comments and literals, and what it says about itself.

use super::bare::{bare, is_of_name};
use std::collections::BTreeSet;

/// What sqlx looks for at the very start of a file.
const NO_TRANSACTION: &str = "-- no-transaction";

/// One file of SQL.
#[derive(Debug)]
pub(super) struct Migration {
    /// It is not wrapped in a transaction.
    pub no_transaction: bool,
    pub statements: Vec<Statement>,
    /// Tables that it creates: nobody uses them yet, so nobody waits for them. One that may be there already is not among them.
    pub created: BTreeSet<String>,
    /// Functions and procedures that it creates.
    pub functions: BTreeSet<String>,
    pub acceptances: Vec<Acceptance>,
    /// Lines that tell squawk to look away.
    pub blinded: Vec<usize>,
}

/// One statement.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Statement {
    /// Where it begins.
    pub line: usize,
    /// In small letters, with single spaces, also around brackets and commas, without comments, and with nothing in its literals.
    pub text: String,
}

/// `-- accepted: <rule>: <why>`
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Acceptance {
    pub line: usize,
    pub rule: String,
    pub why: String,
}

impl Migration {
    pub fn of(text: &str) -> Self {
        let statements = statements(text);
        let new = |verbs: &[&str]| {
            let by = |statement: &Statement| verbs.iter().find_map(|verb| statement.new_by(verb));
            statements.iter().filter_map(by).collect()
        };
        let created = new(&["create table"]);
        let functions = new(&["create function", "create or replace function", "create procedure"]);
        let acceptances = (1..).zip(text.lines()).filter_map(acceptance).collect();
        let blind = |(line, text): (usize, &str)| text.contains("squawk-ignore").then_some(line);
        let blinded = (1..).zip(text.lines()).filter_map(blind).collect();
        let no_transaction = text.starts_with(NO_TRANSACTION);
        Self { no_transaction, statements, created, functions, acceptances, blinded }
    }

    /// Whether this statement begins with `verb` and then names a table that was there before, alone or among others.
    pub fn touches(&self, statement: &Statement, verb: &str) -> bool {
        statement.after(verb).is_some_and(|rest| {
            let several = if verb.starts_with("truncate") { rest.split(" , ").collect() } else { vec![rest] };
            several.into_iter().any(|rest| table_in(rest).is_none_or(|table| !self.created.contains(&table)))
        })
    }

    /// Whether this statement names, after `word`, something else than a table that the same file creates.
    pub fn is_about_old(&self, statement: &Statement, word: &str) -> bool {
        let table = statement.text.split_once(word).and_then(|(_, rest)| table_in(rest));
        table.is_none_or(|table| !self.created.contains(&table))
    }

    /// Whether a function that the same file creates is called by this statement.
    pub fn calls_its_own(&self, statement: &Statement) -> bool {
        self.functions.iter().any(|name| {
            let call = format!("{name} (");
            let calls =
                |(at, _)| !statement.text.get(..at).is_some_and(|before| before.ends_with(is_of_name));
            statement.text.match_indices(&call).any(calls)
        })
    }
}

impl Statement {
    /// What follows these first words.
    fn after(&self, verb: &str) -> Option<&str> {
        self.text.strip_prefix(verb)?.strip_prefix(' ')
    }

    /// What this statement surely creates.
    fn new_by(&self, verb: &str) -> Option<String> {
        let rest = self.after(verb)?;
        (!rest.starts_with("if not exists ")).then(|| table_in(rest))?
    }

    /// What stands between the commas outside of brackets: the actions of an ALTER TABLE.
    pub fn actions(&self) -> Vec<&str> {
        let mut depth = 0_usize;
        let outside = move |c: char| {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            c == ',' && depth == 0
        };
        self.text.split(outside).map(str::trim).collect()
    }
}

/// The name that this begins with.
fn table_in(rest: &str) -> Option<String> {
    let mut words = rest.split([' ', '(']).filter(|word| !word.is_empty());
    let table = words.find(|word| !["if", "not", "exists", "only", "table"].contains(word))?;
    Some(table.trim_start_matches("public.").trim_matches('"').to_owned())
}

fn acceptance((line, text): (usize, &str)) -> Option<Acceptance> {
    let (rule, why) = text.trim().strip_prefix("-- accepted:")?.split_once(':').unwrap_or((text.trim(), ""));
    let rule = rule.trim_start_matches("-- accepted:").trim().to_owned();
    Some(Acceptance { line, rule, why: why.trim().to_owned() })
}

fn statements(text: &str) -> Vec<Statement> {
    let mut found = Vec::new();
    let mut line = 1;
    for part in bare(text).split(';') {
        let begin = part.len() - part.trim_start().len();
        let breaks = |text: &str| text.matches('\n').count();
        let words: Vec<&str> = part.split_whitespace().collect();
        if !words.is_empty() {
            let before = part.get(..begin).unwrap_or_default();
            found.push(Statement { line: line + breaks(before), text: words.join(" ") });
        }
        line += breaks(part);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn semicolons_in_comments_literals_and_bodies_end_nothing() {
        let text =
            "-- one; two\nSELECT 'a;''b' AS x; /* ; \n */ DO $body$ BEGIN; END; $body$;\n\nSELECT  $1 ;";

        let found: Vec<(usize, String)> =
            statements(text).into_iter().map(|statement| (statement.line, statement.text)).collect();

        let expected = [(2, "select '''' as x"), (3, "do ''"), (5, "select $1")];
        assert_eq!(found, expected.map(|(line, text)| (line, text.to_owned())));
    }

    #[test]
    fn a_table_of_the_same_file_is_known_as_new() {
        let migration = Migration::of("CREATE TABLE a(x int); UPDATE a SET x = 1; UPDATE b SET x = 1");

        let old: Vec<bool> =
            migration.statements.iter().map(|statement| migration.touches(statement, "update")).collect();

        assert_eq!(old, [false, false, true]);
    }

    #[test]
    fn a_table_that_may_be_there_already_is_not_known_as_new() {
        let migration = Migration::of("CREATE TABLE IF NOT EXISTS a(x int); CREATE TABLE b(x int)");

        assert_eq!(migration.created, BTreeSet::from(["b".to_owned()]));
    }

    #[test]
    fn one_old_table_among_new_ones_is_seen() {
        let migration = Migration::of("CREATE TABLE a(); TRUNCATE a, ONLY b; TRUNCATE ONLY a");

        let old: Vec<bool> =
            migration.statements.iter().map(|statement| migration.touches(statement, "truncate")).collect();

        assert_eq!(old, [false, true, false]);
    }

    #[test]
    fn what_is_accepted_has_a_rule_and_a_reason() {
        let migration = Migration::of("SELECT 1;\n-- accepted: backfill: ten rows\n-- accepted: truncate\n");

        let said: Vec<(usize, &str, &str)> = migration
            .acceptances
            .iter()
            .map(|found| (found.line, found.rule.as_str(), found.why.as_str()))
            .collect();

        assert_eq!(said, [(2, "backfill", "ten rows"), (3, "truncate", "")]);
    }
}
