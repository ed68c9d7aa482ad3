//! The answers that every path may give, whatever its handler says.

use crate::{limits::Class, problem::PROBLEM_JSON};
use http::Method;
use utoipa::openapi::{
    Content, HeaderBuilder, ObjectBuilder, OpenApi, PathItem, Ref, ResponseBuilder, Type, path::Operation,
};

/// Adds to each operation what the gateway itself answers: 401 where one has to be signed in, 429 where requests are counted,
/// 503 and 504 where a service is asked.
pub(super) fn complete(document: &mut OpenApi) {
    let named = &mut document.components.get_or_insert_default().responses;
    for (name, response) in responses() {
        named.insert(name.to_owned(), response.build().into());
    }
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations(item) {
            if Class::of(&method, path).is_some() {
                add(operation, &[("429", LIMITED), ("503", UNAVAILABLE), ("504", LATE)]);
            }
            if operation.security.as_ref().is_some_and(|security| !security.is_empty()) {
                add(operation, &[("401", UNAUTHENTICATED)]);
            }
        }
    }
}

const LIMITED: &str = "RateLimited";
const UNAVAILABLE: &str = "Unavailable";
const LATE: &str = "TimedOut";
const UNAUTHENTICATED: &str = "Unauthenticated";

fn responses() -> [(&'static str, ResponseBuilder); 4] {
    let text = |description: &str| {
        let schema = ObjectBuilder::new().schema_type(Type::String).build();
        HeaderBuilder::new().schema(Some(schema)).description(Some(description)).build()
    };
    let limited = problem("`rate-limited`: wait for `Retry-After` seconds")
        .header("Retry-After", text("Seconds"))
        .header("RateLimit-Policy", text("The quota: `\"read\";q=3000;w=60` is 3000 requests in 60 seconds"))
        .header(
            "RateLimit",
            text("What is left: `\"read\";r=2999;t=64`, and in how many seconds some comes back"),
        );
    [
        (LIMITED, limited),
        (UNAVAILABLE, problem("`unavailable` or `overloaded`: try again after `Retry-After` seconds")),
        (LATE, problem("`timeout`: the answer took too long")),
        (UNAUTHENTICATED, problem("`unauthenticated`: there is no valid access token")),
    ]
}

fn problem(description: &str) -> ResponseBuilder {
    ResponseBuilder::new()
        .description(description)
        .content(PROBLEM_JSON, Content::new(Some(Ref::from_schema_name("Problem"))))
}

/// What a handler says itself of a status counts first.
fn add(operation: &mut Operation, answers: &[(&str, &str)]) {
    for (status, name) in answers {
        let answer = || Ref::from_response_name(*name).into();
        operation.responses.responses.entry((*status).to_owned()).or_insert_with(answer);
    }
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
