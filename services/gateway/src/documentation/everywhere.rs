//! The answers that every path may give, whatever its handler says.

mod conditions;
mod mentors;

use crate::{limits::Class, problem::PROBLEM_JSON};
use http::Method;
use utoipa::openapi::{
    Content, HeaderBuilder, ObjectBuilder, OpenApi, PathItem, Ref, RefOr, ResponseBuilder, Type,
    path::{Operation, Parameter, ParameterIn},
};

/// Adds to each operation what the gateway itself answers: to requests that it cannot read, to those that it does not let
/// through, and where a service does not answer.
pub(super) fn complete(document: &mut OpenApi) {
    let named = &mut document.components.get_or_insert_default().responses;
    for (_, name, description) in ANSWERS {
        named.insert(name.to_owned(), problem(description).build().into());
    }
    named.insert(LIMITED.to_owned(), limited().build().into());
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations(item) {
            operation.operation_id = Some(operation_id(&method, path));
            let is_asked = operation.parameters.iter().flatten().any(is_in_query);
            let is_once = operation.parameters.iter().flatten().any(is_once_key);
            let has_body = operation.request_body.is_some();
            let is_signed_in = operation.security.as_ref().is_some_and(|security| !security.is_empty());
            let is_mentored = mentors::may_read(&method, path, is_signed_in);
            let is_counted = Class::of(&method, path).is_some();
            for (status, name, _) in ANSWERS {
                let may_be = match status {
                    "401" | "403" => is_signed_in,
                    "404" => is_mentored || path.contains('{'),
                    "412" => conditions::changes(&method),
                    "408" | "413" | "415" => has_body,
                    "409" => is_once,
                    "422" => has_body || is_asked || is_mentored || is_once,
                    "503" | "504" => is_counted,
                    _ => true,
                };
                if may_be {
                    add(operation, status, name);
                }
            }
            if is_counted {
                add(operation, "429", LIMITED);
            }
            if is_mentored {
                mentors::tell(operation);
            }
            conditions::tell(&method, path, operation);
        }
    }
}

/// `getAccountsById`: handlers of several areas have the same name, and operations must not.
fn operation_id(method: &Method, path: &str) -> String {
    let words = path.split(['/', '-', '.', '_']).filter(|word| !word.is_empty() && *word != "v1");
    words.fold(method.as_str().to_lowercase(), |mut id, word| {
        let parameter = word.strip_prefix('{').and_then(|word| word.strip_suffix('}'));
        if parameter.is_some() {
            id.push_str("By");
        }
        let mut letters = parameter.unwrap_or(word).chars();
        id.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        id.extend(letters);
        id
    })
}

fn is_in_query(parameter: &RefOr<Parameter>) -> bool {
    matches!(parameter, RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Query)
}

fn is_once_key(parameter: &RefOr<Parameter>) -> bool {
    matches!(parameter, RefOr::T(parameter) if parameter.name == "Idempotency-Key")
}

const LIMITED: &str = "RateLimited";

/// Status, name and meaning.
const ANSWERS: [(&str, &str, &str); 14] = [
    (
        "400",
        "Malformed",
        "`malformed-request` or `malformed-json`: the request can be read in two ways, or in none",
    ),
    ("401", "Unauthenticated", "`unauthenticated`: there is no valid access token"),
    (
        "403",
        "Forbidden",
        "`origin-not-allowed`: a page that is not ours used the cookies; `read-only` or `session-required`: an API key or a mentor may not do this",
    ),
    ("404", "NotFound", "`not-found`: nobody has this id, or somebody else does"),
    ("408", "TooSlow", "`request-timeout`: the body arrives too slowly"),
    ("409", "InFlight", "`request-in-flight`: the same request is still being done: ask again in a second"),
    (
        "412",
        "Stale",
        "`precondition-failed`: it changed since you read what your `If-Match` names; nothing is done",
    ),
    ("413", "TooLarge", "`payload-too-large`: the body is larger than this path takes"),
    ("414", "UriTooLong", "`uri-too-long`: the URL has more than 8 KiB"),
    (
        "415",
        "UnsupportedMediaType",
        "`unsupported-media-type` or `unsupported-encoding`: another type of body, or a compressed one",
    ),
    ("422", "Invalid", "`validation-failed`: `errors` names each field at fault"),
    ("431", "HeadersTooLarge", "`request-header-fields-too-large`: the headers have more than 32 KiB"),
    ("503", "Unavailable", "`unavailable` or `overloaded`: try again after `Retry-After` seconds"),
    ("504", "TimedOut", "`timeout`: the answer took too long"),
];

fn limited() -> ResponseBuilder {
    let text = |description: &str| {
        let schema = ObjectBuilder::new().schema_type(Type::String).build();
        HeaderBuilder::new().schema(Some(schema)).description(Some(description)).build()
    };
    problem("`rate-limited` or `too-much-at-once`: wait for `Retry-After` seconds")
        .header("Retry-After", text("Seconds"))
        .header("RateLimit-Policy", text("The quota: `\"read\";q=3000;w=60` is 3000 requests in 60 seconds"))
        .header(
            "RateLimit",
            text("What is left: `\"read\";r=2999;t=64`, and in how many seconds some comes back"),
        )
}

fn problem(description: &str) -> ResponseBuilder {
    ResponseBuilder::new()
        .description(description)
        .content(PROBLEM_JSON, Content::new(Some(Ref::from_schema_name("Problem"))))
}

/// What a handler says itself of a status counts first.
fn add(operation: &mut Operation, status: &str, name: &str) {
    let answer = || Ref::from_response_name(name).into();
    operation.responses.responses.entry(status.to_owned()).or_insert_with(answer);
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (Method, &mut Operation)> {
    let PathItem { get, put, post, delete, patch, .. } = item;
    [
        (Method::GET, get),
        (Method::PUT, put),
        (Method::POST, post),
        (Method::DELETE, delete),
        (Method::PATCH, patch),
    ]
    .into_iter()
    .filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}
