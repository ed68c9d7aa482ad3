//! Custom fields and their values as JSON.

use super::{Time, required_time};
use journal_proto::trades::v1::{self as proto, custom_value::Value};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What else you note about each trade.
#[derive(Serialize, ToSchema)]
pub(crate) struct CustomField {
    /// A name in `custom` of a trade.
    pub id: String,
    pub name: String,
    /// `text`, `number`, `choice` or `boolean`.
    pub kind: String,
    /// What a `choice` chooses from.
    pub choices: Vec<String>,
    pub created_at: Time,
    /// Grows with every change.
    pub version: i64,
}

impl From<proto::CustomField> for CustomField {
    fn from(field: proto::CustomField) -> Self {
        Self {
            id: field.id,
            name: field.name,
            kind: field.kind,
            choices: field.choices,
            created_at: required_time(field.created_at),
            version: field.version,
        }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCustomField {
    /// 1 to 100 characters, unique among your fields.
    #[schema(example = "Mood")]
    pub name: String,
    /// `text`, `number`, `choice` or `boolean`; it never changes.
    #[schema(example = "choice")]
    pub kind: String,
    /// 1 to 100 for a `choice`, none for other kinds.
    #[serde(default)]
    #[schema(required = false, example = json!(["calm", "angry"]))]
    pub choices: Vec<String>,
}

impl From<NewCustomField> for proto::CreateCustomFieldRequest {
    fn from(field: NewCustomField) -> Self {
        Self { name: field.name, kind: field.kind, choices: field.choices }
    }
}

/// Only what is present changes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CustomFieldChange {
    pub name: Option<String>,
    /// All choices anew.
    pub choices: Option<Vec<String>>,
}

impl CustomFieldChange {
    pub fn into_request(self, custom_field_id: String) -> proto::UpdateCustomFieldRequest {
        proto::UpdateCustomFieldRequest {
            custom_field_id,
            name: self.name,
            replace_choices: self.choices.is_some(),
            choices: self.choices.unwrap_or_default(),
        }
    }
}

/// What a trade has in a field: a `boolean`, or text: a `number` is an exact decimal.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum CustomValue {
    Boolean(bool),
    Text(String),
}

impl CustomValue {
    pub fn of(value: proto::CustomValue) -> Option<Self> {
        value.value.map(|value| match value {
            Value::Boolean(yes) => Self::Boolean(yes),
            Value::Text(text) => Self::Text(text),
        })
    }
}

/// Another value of a field: a `boolean`, or text (a `number` too); null removes it.
#[derive(Deserialize, ToSchema)]
#[serde(untagged, expecting = "must be a text (a number too), a boolean, or null to remove it")]
pub(crate) enum CustomChange {
    Boolean(bool),
    Text(String),
    Removed,
}

impl From<CustomChange> for proto::CustomValue {
    fn from(change: CustomChange) -> Self {
        let value = match change {
            CustomChange::Boolean(yes) => Some(Value::Boolean(yes)),
            CustomChange::Text(text) => Some(Value::Text(text)),
            CustomChange::Removed => None,
        };
        Self { value }
    }
}
