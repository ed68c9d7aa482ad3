//! Texts that notes begin with as JSON.

use super::{Time, required_time};
use journal_proto::trades::v1 as proto;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A text that a note may begin with.
#[derive(Serialize, ToSchema)]
pub(crate) struct Template {
    pub id: String,
    pub name: String,
    /// Markdown.
    pub body: String,
    pub created_at: Time,
    /// Grows with every change.
    pub version: i64,
}

impl From<proto::Template> for Template {
    fn from(template: proto::Template) -> Self {
        Self {
            id: template.id,
            name: template.name,
            body: template.body,
            created_at: required_time(template.created_at),
            version: template.version,
        }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewTemplate {
    /// 1 to 100 characters, unique among your templates.
    #[schema(example = "Before the open")]
    pub name: String,
    /// Markdown of at most 20,000 characters.
    pub body: String,
}

/// Only what is present changes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TemplateChange {
    pub name: Option<String>,
    pub body: Option<String>,
}
