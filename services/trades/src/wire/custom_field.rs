//! Custom fields and their values.

use super::timestamp;
use crate::domain::custom_field::{CustomField, CustomValue};
use journal_proto::trades::v1::{self as proto, custom_value::Value};

/// A field as its owner sees it.
pub fn custom_field(field: CustomField) -> proto::CustomField {
    proto::CustomField {
        id: field.id.to_string(),
        name: field.name,
        kind: field.kind.name().to_owned(),
        choices: field.choices,
        created_at: Some(timestamp(field.created_at)),
        version: field.version,
    }
}

/// What a trade has in a field.
pub fn custom_value(value: CustomValue) -> proto::CustomValue {
    let value = match value {
        CustomValue::Boolean(yes) => Value::Boolean(yes),
        CustomValue::Text(text) => Value::Text(text),
    };
    proto::CustomValue { value: Some(value) }
}
