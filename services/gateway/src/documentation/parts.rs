//! Schemas that are parts of others.

use std::collections::BTreeSet;
use utoipa::openapi::{OpenApi, RefOr, Schema};

/// A part allows what the other parts of its whole tell: `allOf` with a part that is closed allows nothing (JSON Schema).
pub(super) fn open(document: &mut OpenApi) {
    let schemas = &mut document.components.get_or_insert_default().schemas;
    let parts: BTreeSet<String> = schemas.values().flat_map(parts_of).collect();
    for (name, schema) in schemas {
        if let RefOr::T(Schema::Object(object)) = schema
            && parts.contains(name)
        {
            object.additional_properties = None;
        }
    }
}

/// Names of the schemas that this one is all of.
fn parts_of(schema: &RefOr<Schema>) -> Vec<String> {
    let RefOr::T(Schema::AllOf(whole)) = schema else { return Vec::new() };
    let references = whole.items.iter().filter_map(|item| match item {
        RefOr::Ref(reference) => reference.ref_location.rsplit('/').next(),
        RefOr::T(_) => None,
    });
    references.map(str::to_owned).collect()
}
