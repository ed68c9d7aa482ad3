//! A migration taken apart: its statements without comments and literals, and what it says about itself.

use std::collections::BTreeSet;

/// What sqlx looks for at the very start of a file.
const NO_TRANSACTION: &str = "-- no-transaction";

/// One file of SQL.
#[derive(Debug)]
pub(super) struct Migration {
    /// It is not wrapped in a transaction.
    pub no_transaction: bool,
    pub statements: Vec<Statement>,
    /// Tables that it creates: nobody uses them yet, so nobody waits for them.
    pub created: BTreeSet<String>,
    pub acceptances: Vec<Acceptance>,
}

/// One statement.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Statement {
    /// Where it begins.
    pub line: usize,
    /// In small letters, with single spaces, without comments, and with nothing in its literals.
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
        let created = statements.iter().filter_map(|statement| statement.table_of("create table")).collect();
        let acceptances = (1..).zip(text.lines()).filter_map(acceptance).collect();
        Self { no_transaction: text.starts_with(NO_TRANSACTION), statements, created, acceptances }
    }

    /// Whether this statement begins with `verb` and then names a table that was there before.
    pub fn touches(&self, statement: &Statement, verb: &str) -> bool {
        statement.table_of(verb).is_some_and(|table| !self.created.contains(&table))
    }
}

impl Statement {
    /// The table after these first words.
    fn table_of(&self, verb: &str) -> Option<String> {
        let mut words = self.text.strip_prefix(verb)?.strip_prefix(' ')?.split([' ', '(']);
        let table = words.find(|word| !["if", "not", "exists", "only"].contains(word))?;
        Some(table.trim_start_matches("public.").trim_matches('"').to_owned())
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
            found.push(Statement { line: line + breaks(before), text: words.join(" ").to_lowercase() });
        }
        line += breaks(part);
    }
    found
}

/// The text without comments and without what stands in literals; lines stay where they are.
fn bare(text: &str) -> String {
    let mut bare = String::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let (kept, len) = match next {
            '-' if rest.starts_with("--") => ("", rest.find('\n').unwrap_or(rest.len())),
            '/' if rest.starts_with("/*") => ("", end_of(rest, "/*", "*/")),
            '\'' => ("''", end_of(rest, "'", "'")),
            '$' => match dollar_quote(rest) {
                Some(quote) => ("''", end_of(rest, quote, quote)),
                None => ("$", 1),
            },
            _ => ("", 0),
        };
        if len == 0 {
            bare.push(next);
            rest = rest.get(next.len_utf8()..).unwrap_or_default();
        } else {
            let (taken, left) = rest.split_at(len);
            bare.push_str(kept);
            bare.extend(taken.chars().filter(|c| *c == '\n'));
            rest = left;
        }
    }
    bare
}

/// How long what begins with `open` is.
fn end_of(text: &str, open: &str, close: &str) -> usize {
    let inner = text.get(open.len()..).unwrap_or_default();
    inner.find(close).map_or(text.len(), |end| open.len() + end + close.len())
}

/// `$$` or `$name$`.
fn dollar_quote(text: &str) -> Option<&str> {
    let name = text.strip_prefix('$')?.find('$')?;
    let quote = text.get(..name + 2)?;
    let inner = quote.trim_matches('$');
    inner.chars().all(|c| c.is_alphanumeric() || c == '_').then_some(quote)
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
        let migration =
            Migration::of("CREATE TABLE IF NOT EXISTS a(x int); UPDATE a SET x = 1; UPDATE b SET x = 1");

        let old: Vec<bool> =
            migration.statements.iter().map(|statement| migration.touches(statement, "update")).collect();

        assert_eq!(old, [false, false, true]);
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
