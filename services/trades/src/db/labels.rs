//! Labels of trades as they stand in columns.

use crate::domain::{
    custom_field::CustomValue,
    ids::{CustomFieldId, PlaybookId, RuleId},
    labels::Labels,
};
use sqlx::types::Json;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Columns of `trade_journal`; all are null where a trade has no entry.
#[derive(sqlx::FromRow)]
pub(super) struct Row {
    mistakes: Option<Vec<String>>,
    rating: Option<i16>,
    playbook_id: Option<Uuid>,
    followed_rules: Option<Vec<Uuid>>,
    custom: Option<Json<BTreeMap<CustomFieldId, CustomValue>>>,
}

impl From<Row> for Labels {
    fn from(row: Row) -> Self {
        Self {
            mistakes: row.mistakes.unwrap_or_default(),
            rating: row.rating,
            playbook: row.playbook_id.map(PlaybookId),
            followed_rules: row.followed_rules.unwrap_or_default().into_iter().map(RuleId).collect(),
            custom: row.custom.map(|custom| custom.0).unwrap_or_default(),
        }
    }
}

/// The ids of rules as a column takes them.
pub(super) fn rules(labels: &Labels) -> Vec<Uuid> {
    labels.followed_rules.iter().map(|rule| rule.0).collect()
}
