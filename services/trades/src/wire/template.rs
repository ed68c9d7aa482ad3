//! Templates.

use super::timestamp;
use crate::domain::template::Template;
use journal_proto::trades::v1 as proto;

/// A template as its owner sees it.
pub fn template(template: Template) -> proto::Template {
    proto::Template {
        id: template.id.to_string(),
        name: template.name,
        body: template.body,
        created_at: Some(timestamp(template.created_at)),
        version: template.version,
    }
}
