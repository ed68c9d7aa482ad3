//! The header by which a mentor reads somebody else's journal.

use http::Method;
use utoipa::openapi::{
    ObjectBuilder, Required, Type,
    path::{Operation, ParameterBuilder, ParameterIn},
};

/// What is of a person and of no journal.
const PERSONAL: [&str; 7] = [
    "/v1/admin/",
    "/v1/auth/",
    "/v1/me/",
    "/v1/mentors/",
    "/v1/mentored/",
    "/v1/notifications/",
    "/v1/stream/",
];

/// Whether a mentor may read this.
pub(super) fn may_read(method: &Method, path: &str, is_signed_in: bool) -> bool {
    let is_personal = PERSONAL.iter().any(|start| format!("{path}/").starts_with(start));
    is_signed_in && *method == Method::GET && !is_personal
}

/// Tells of the header.
pub(super) fn tell(operation: &mut Operation) {
    let parameter = ParameterBuilder::new()
        .name("Journal-Owner")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "Whose journal is read: the `owner_id` of one of `GET /v1/mentored`; absent: your own. Anybody else's is 404",
        ))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build();
    operation.parameters.get_or_insert_default().push(parameter.into());
}
