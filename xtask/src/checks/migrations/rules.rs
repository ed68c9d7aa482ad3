//! Rules of our own, where squawk has none.

mod contract;
mod locks;

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
    is_broken_by: fn(&Statement, &Migration) -> bool,
    instead: &'static str,
}

/// Comments that would have squawk look away from what follows, or from the file.
const BLINDED: &str = "squawk-ignore";

/// All rules, each with the reason why it is there.
fn rules() -> impl Iterator<Item = (&'static Rule, Reason)> {
    let locks = locks::RULES.iter().map(|rule| (rule, Reason::Lock));
    locks.chain(contract::RULES.iter().map(|rule| (rule, Reason::Compatibility)))
}

/// Whether a rule is one of ours, for which no tool is needed.
pub(super) fn is_ours(name: &str) -> bool {
    name == BLINDED || rules().any(|(rule, _)| rule.name == name)
}

/// What breaks a rule of ours.
pub(super) fn findings(migration: &Migration) -> Vec<Finding> {
    let finding = |line: usize, rule: &str, reason: Reason, instead: &str| Finding {
        line,
        rule: rule.to_owned(),
        reason,
        instead: instead.to_owned(),
    };
    let blind = "whoever is told to look away sees nothing: take the comment out, and say `-- accepted: <rule>: <reason>` where that is allowed";
    let mut found: Vec<Finding> =
        migration.blinded.iter().map(|line| finding(*line, BLINDED, Reason::Lock, blind)).collect();
    for statement in &migration.statements {
        let broken = rules().filter(|(rule, _)| (rule.is_broken_by)(statement, migration));
        found.extend(broken.map(|(rule, reason)| finding(statement.line, rule.name, reason, rule.instead)));
    }
    found
}
