//! Entity tags and the conditions that name them.

use http::Method;
use utoipa::openapi::{
    HeaderBuilder, ObjectBuilder, RefOr, Required, ResponseBuilder, Type,
    path::{Operation, Parameter, ParameterBuilder, ParameterIn},
};

const TAG: &str = "Names what is answered: send it as `If-None-Match` to read only what changed, and if it is strong (without `W/`) \
                   as `If-Match` to change only what you have seen";

/// True for methods that change what is there.
pub(super) fn changes(method: &Method) -> bool {
    [Method::PUT, Method::PATCH, Method::DELETE].contains(method)
}

/// Tells that reads have tags, and that writes take them.
pub(super) fn tell(method: &Method, path: &str, operation: &mut Operation) {
    let is_stream = path.starts_with("/v1/stream");
    if changes(method) {
        take(
            operation,
            "If-Match",
            "The `ETag` of what you have seen, or several, or `*`: anything else is 412",
        );
    }
    if *method == Method::GET && !is_stream {
        take(
            operation,
            "If-None-Match",
            "The `ETag` of what you have already, or several: 304 if it is still that",
        );
        let known = ResponseBuilder::new().description("what you have already").header("ETag", text(TAG));
        operation.responses.responses.insert("304".to_owned(), known.build().into());
        if let Some(RefOr::T(answer)) = operation.responses.responses.get_mut("200") {
            answer.headers.insert("ETag".to_owned(), text(TAG).into());
        }
    }
}

fn take(operation: &mut Operation, name: &str, description: &str) {
    let parameter: Parameter = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(description))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build();
    operation.parameters.get_or_insert_default().push(parameter.into());
}

fn text(description: &str) -> utoipa::openapi::Header {
    let schema = ObjectBuilder::new().schema_type(Type::String).build();
    HeaderBuilder::new().schema(Some(schema)).description(Some(description)).build()
}
