//! What a request changes of the entry of a trade.

use crate::{
    domain::{
        custom_field::CustomValue,
        ids::{CustomFieldId, RuleId},
        invalid::Invalid,
        journal,
        journal_change::JournalChange,
        labels,
    },
    grpc::parse,
};
use journal_proto::trades::v1::{self as proto, UpdateTradeRequest, custom_value::Value};
use std::collections::BTreeMap;

pub(super) fn of(request: &UpdateTradeRequest) -> Result<JournalChange, Invalid> {
    let playbook = request.playbook_id.as_deref();
    Ok(JournalChange {
        notes: request.notes.as_deref().map(journal::notes).transpose()?,
        tags: request.replace_tags.then(|| journal::tags("tags", &request.tags)).transpose()?,
        mistakes: request.replace_mistakes.then(|| journal::mistakes(&request.mistakes)).transpose()?,
        rating: request.rating.map(labels::rating).transpose()?,
        playbook: playbook.map(|id| parse::optional_id("playbook_id", id)).transpose()?,
        followed_rules: request.replace_followed_rules.then(|| rules(&request.followed_rules)).transpose()?,
        custom: request.custom.iter().map(value).collect::<Result<BTreeMap<_, _>, _>>()?,
        ..JournalChange::default()
    })
}

/// Each once, however often it is named.
fn rules(ids: &[String]) -> Result<Vec<RuleId>, Invalid> {
    let mut rules = Vec::new();
    for id in ids {
        let id = parse::id("followed_rules", id)?;
        if !rules.contains(&id) {
            rules.push(id);
        }
    }
    Ok(rules)
}

fn value(
    (field, value): (&String, &proto::CustomValue),
) -> Result<(CustomFieldId, Option<CustomValue>), Invalid> {
    let value = value.value.as_ref().map(|value| match value {
        Value::Boolean(yes) => CustomValue::Boolean(*yes),
        Value::Text(text) => CustomValue::Text(text.clone()),
    });
    Ok((parse::id("custom", field)?, value))
}
