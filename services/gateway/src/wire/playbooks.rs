//! Playbooks as JSON.

use super::{Time, required_time};
use journal_proto::trades::v1 as proto;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A way of trading.
#[derive(Serialize, ToSchema)]
pub(crate) struct Playbook {
    /// What `playbook_id` of a trade is.
    pub id: String,
    pub name: String,
    /// Markdown.
    pub description: String,
    /// In the order in which they are checked.
    pub rules: Vec<Rule>,
    pub created_at: Time,
    /// Grows with every change.
    pub version: i64,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Rule {
    /// One of `followed_rules` of a trade that kept it.
    pub id: String,
    pub text: String,
}

impl From<proto::Playbook> for Playbook {
    fn from(playbook: proto::Playbook) -> Self {
        Self {
            id: playbook.id,
            name: playbook.name,
            description: playbook.description,
            rules: playbook.rules.into_iter().map(|rule| Rule { id: rule.id, text: rule.text }).collect(),
            created_at: required_time(playbook.created_at),
            version: playbook.version,
        }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPlaybook {
    /// 1 to 100 characters, unique among your playbooks.
    #[schema(example = "Gap and go")]
    pub name: String,
    /// Markdown of at most 20,000 characters.
    #[serde(default)]
    #[schema(required = false)]
    pub description: String,
    /// At most 50.
    #[serde(default)]
    #[schema(required = false)]
    pub rules: Vec<NewRule>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRule {
    /// 1 to 500 characters.
    #[schema(example = "Wait for the close of the first bar")]
    pub text: String,
}

impl From<NewPlaybook> for proto::CreatePlaybookRequest {
    fn from(playbook: NewPlaybook) -> Self {
        let rules = playbook.rules.into_iter().map(|rule| proto::Rule { id: String::new(), text: rule.text });
        Self { name: playbook.name, description: playbook.description, rules: rules.collect() }
    }
}

/// Only what is present changes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlaybookChange {
    pub name: Option<String>,
    pub description: Option<String>,
    /// All rules anew, in their order.
    pub rules: Option<Vec<RuleChange>>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleChange {
    /// Of a rule that is there; absent: a new one.
    pub id: Option<String>,
    pub text: String,
}

impl PlaybookChange {
    pub fn into_request(self, playbook_id: String) -> proto::UpdatePlaybookRequest {
        let replace_rules = self.rules.is_some();
        let rules = self.rules.unwrap_or_default().into_iter();
        let rules = rules.map(|rule| proto::Rule { id: rule.id.unwrap_or_default(), text: rule.text });
        proto::UpdatePlaybookRequest {
            playbook_id,
            name: self.name,
            description: self.description,
            rules: rules.collect(),
            replace_rules,
        }
    }
}
