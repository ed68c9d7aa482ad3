//! Playbooks: ways of trading, and the rules that they are made of.

use super::{
    ids::{PlaybookId, RuleId},
    invalid::Invalid,
    text,
};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use time::OffsetDateTime;
use uuid::Uuid;

const LONGEST_NAME: usize = 100;
const LONGEST_DESCRIPTION: usize = 20_000;
const LONGEST_RULE: usize = 500;
const MOST_RULES: usize = 50;

/// A way of trading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Playbook {
    /// Its id.
    pub id: PlaybookId,
    /// Unique among the owner's playbooks.
    pub name: String,
    /// Markdown.
    pub description: String,
    /// In the order in which they are checked.
    pub rules: Vec<Rule>,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// Grows with every change.
    pub version: i64,
}

/// Something to keep to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Its id, which stays when the text changes.
    pub id: RuleId,
    /// One line.
    pub text: String,
}

impl Playbook {
    /// Whether all of these are rules of it.
    pub fn has(&self, rules: &[RuleId]) -> bool {
        rules.iter().all(|wanted| self.rules.iter().any(|rule| rule.id == *wanted))
    }

    /// The rules that are not among `kept` any more.
    pub fn without(&self, kept: &[Rule]) -> Vec<RuleId> {
        let gone = self.rules.iter().map(|rule| rule.id).filter(|id| kept.iter().all(|rule| rule.id != *id));
        gone.collect()
    }
}

/// A name of 1 to 100 characters.
pub fn name(text: &str) -> Result<String, Invalid> {
    text::required_line("name", text, LONGEST_NAME)
}

/// At most 20,000 characters.
pub fn description(text: &str) -> Result<String, Invalid> {
    text::lines("description", text, LONGEST_DESCRIPTION)
}

/// At most 50 rules of 1 to 500 characters: those with an id are among `known`, each once, the others are new.
pub fn rules<'a>(
    asked: impl IntoIterator<Item = (&'a str, &'a str)>,
    known: &[Rule],
) -> Result<Vec<Rule>, Invalid> {
    let mut seen = HashSet::new();
    let mut rules = Vec::new();
    for (id, text) in asked {
        let text = text::required_line("rules", text, LONGEST_RULE)?;
        let id = if id.is_empty() {
            RuleId(Uuid::now_v7())
        } else {
            let id: Option<RuleId> = id.parse().ok();
            let known = id.filter(|id| known.iter().any(|rule| rule.id == *id) && seen.insert(*id));
            known.ok_or_else(|| {
                Invalid::new("rules", "must have the ids that this playbook's rules have, each once, or none")
            })?
        };
        rules.push(Rule { id, text });
    }
    if rules.len() > MOST_RULES {
        return Err(Invalid::new("rules", format!("must be at most {MOST_RULES}")));
    }
    Ok(rules)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_keeps_its_id_and_a_new_one_gets_one() {
        let known = rules([("", "wait for the close"), ("", "half size")], &[]).unwrap();
        let id = known[0].id.to_string();

        let changed = rules([("", "third"), (id.as_str(), " wait ")], &known).unwrap();

        assert_eq!((changed[1].id, changed[1].text.as_str()), (known[0].id, "wait"));
        assert!(known.iter().all(|rule| rule.id != changed[0].id));
    }

    #[test]
    fn foreign_repeated_empty_and_too_many_rules_are_refused() {
        let known = rules([("", "a")], &[]).unwrap();
        let (id, other) = (known[0].id.to_string(), Uuid::now_v7().to_string());
        for wrong in [
            vec![(other.as_str(), "a")],
            vec![(id.as_str(), "a"), (id.as_str(), "b")],
            vec![("x", "a")],
            vec![("", " ")],
        ] {
            assert_eq!(rules(wrong, &known).unwrap_err().field, "rules");
        }
        assert!(rules(vec![("", "a"); 51], &[]).is_err());
    }
}
