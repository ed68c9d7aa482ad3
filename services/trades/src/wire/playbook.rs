//! Playbooks.

use super::timestamp;
use crate::domain::playbook::Playbook;
use journal_proto::trades::v1 as proto;

/// A playbook as its owner sees it.
pub fn playbook(playbook: Playbook) -> proto::Playbook {
    let rules =
        playbook.rules.into_iter().map(|rule| proto::Rule { id: rule.id.to_string(), text: rule.text });
    proto::Playbook {
        id: playbook.id.to_string(),
        name: playbook.name,
        description: playbook.description,
        rules: rules.collect(),
        created_at: Some(timestamp(playbook.created_at)),
        version: playbook.version,
    }
}
