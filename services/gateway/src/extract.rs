//! Bodies, queries and ids from requests, with our problems instead of the framework's plain text.

mod by_name;
mod path;
mod plain_json;
mod query;

pub(crate) use path::{Id, Ids, Text};
pub(crate) use query::Query;

use crate::problem::{FieldError, Problem};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Query as AxumQuery, Request},
};
use by_name::ByName;
use http::{HeaderMap, StatusCode, header, request::Parts};
use http_body::Body as _;
use plain_json::Plain;
use serde::de::DeserializeOwned;

/// A JSON body. Unknown and mistyped fields are 422 and named.
pub(crate) struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (_, body) = json(request, state).await?;
        Self::parse(&body)
    }
}

impl<T: DeserializeOwned> Json<T> {
    /// Of the bytes of a body.
    pub fn parse(body: &[u8]) -> Result<Self, Problem> {
        parse(body).map(Self)
    }
}

/// The head and the bytes of a request that says it is JSON.
pub(crate) async fn json<S: Send + Sync>(request: Request, state: &S) -> Result<(Parts, Bytes), Problem> {
    if !is_json(request.headers()) {
        return Err(Problem::of_framework(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let (parts, body) = request.into_parts();
    let body = whole(Request::from_parts(parts.clone(), body), state).await?;
    Ok((parts, body))
}

/// A body of comma or tab separated values.
pub(crate) struct Csv(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for Csv {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kinds = ["text/csv", "text/tab-separated-values"];
        if !media_type(request.headers()).is_some_and(|kind| kinds.contains(&kind)) {
            let detail = "send text/csv or text/tab-separated-values";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", detail));
        }
        whole(request, state).await.map(Self)
    }
}

/// True when a body is said to be JSON, in its one encoding (RFC 8259, 8.1).
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()) else {
        return false;
    };
    let mut parts = kind.split(';').map(|part| part.trim().to_ascii_lowercase());
    parts.next().is_some_and(|kind| kind == "application/json")
        && parts.all(|part| {
            !part.starts_with("charset=") || part.trim_start_matches("charset=").trim_matches('"') == "utf-8"
        })
}

/// The `Content-Type` without its parameters.
fn media_type(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    value.split(';').next().map(str::trim)
}

async fn whole<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    Bytes::from_request(request, state).await.map_err(|rejection| {
        Problem::of_framework(axum::response::IntoResponse::into_response(rejection).status())
    })
}

/// A JSON body that may be absent altogether, or null.
pub(crate) struct OptionalJson<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Default> FromRequest<S> for OptionalJson<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if request.body().is_end_stream() {
            return Ok(Self(T::default()));
        }
        let (_, body) = json(request, state).await?;
        if body.trim_ascii() == b"null" { Ok(Self(T::default())) } else { parse(&body).map(Self) }
    }
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    read::<Plain>(body)?;
    if body.trim_ascii_start().first() != Some(&b'{') {
        return Err(Problem::invalid_field("body", "must be an object"));
    }
    read(body)
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let parsed: Result<T, _> = serde_path_to_error::deserialize(ByName(&mut deserializer));
    match parsed {
        Ok(value) => match deserializer.end() {
            Ok(()) => Ok(value),
            Err(error) => Err(malformed(&error)),
        },
        Err(error) if error.inner().is_data() || is_lone_surrogate(error.inner()) => {
            let reason = without_position(&error.inner().to_string());
            let field = named_field(&reason).map_or_else(|| error.path().to_string(), str::to_owned);
            Err(Problem::invalid(vec![FieldError { field, reason }]))
        }
        Err(error) => Err(malformed(error.inner())),
    }
}

fn malformed(error: &serde_json::Error) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "malformed-json", format!("the body is not JSON: {error}"))
}

/// Half a character (`\ud800`) is JSON by its grammar, and yet no text.
fn is_lone_surrogate(error: &serde_json::Error) -> bool {
    let reason = error.to_string();
    reason.starts_with("lone leading surrogate") || reason.starts_with("unexpected end of hex escape")
}

fn without_position(message: &str) -> String {
    message.split_once(" at line ").map_or(message, |(reason, _)| reason).to_owned()
}

/// The name in serde's ``unknown field `x` ``, ``duplicate field `x` `` and ``missing field `x` ``.
fn named_field(message: &str) -> Option<&str> {
    let (_, behind) = ["unknown", "duplicate", "missing"]
        .iter()
        .find_map(|what| message.strip_prefix(what)?.split_once("field `"))?;
    behind.split_once('`').map(|(name, _)| name)
}

/// The query string. Unknown and mistyped parameters are 422 and named.
pub(crate) struct Params<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        AxumQuery::try_from_uri(&parts.uri).map(|AxumQuery(params)| Self(params)).map_err(|rejection| {
            let text = rejection.body_text();
            let reason = text.rsplit_once("query string: ").map_or(text.as_str(), |(_, reason)| reason);
            let (field, reason) = reason.split_once(": ").unwrap_or(("query", reason));
            Problem::invalid_field(named_field(reason).unwrap_or(field), in_our_words(reason))
        })
    }
}

/// What the standard library says of numbers, as somebody wants to read it who sent one.
fn in_our_words(reason: &str) -> &str {
    match reason {
        "invalid digit found in string" | "cannot parse integer from empty string" => {
            "must be digits only, such as 50"
        }
        "number too large to fit in target type" => "is too large",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Body {
        #[expect(dead_code, reason = "only parsed")]
        name: String,
    }

    fn problem(body: &str) -> serde_json::Value {
        serde_json::from_str(&parse::<Body>(body.as_bytes()).unwrap_err().to_json()).unwrap()
    }

    #[test]
    fn an_unknown_field_is_named() {
        let problem = problem(r#"{"name": "a", "is_admin": true}"#);
        assert_eq!(problem["status"], 422);
        assert_eq!(problem["errors"][0]["field"], "is_admin");
    }

    #[test]
    fn a_mistyped_field_is_named() {
        let problem = problem(r#"{"name": 5}"#);
        assert_eq!(problem["status"], 422);
        assert_eq!(problem["errors"][0]["field"], "name");
    }

    #[test]
    fn a_name_that_is_there_twice_is_named_at_any_depth() {
        for (body, field) in [
            (r#"{"name": "a", "name": "b"}"#, "name"),
            (r#"{"name": "a", "n\u0061me": "a"}"#, "name"),
            (r#"{"name": [{"a": 1, "b": {"c": 1, "c": 1}}]}"#, "name[0].b.c"),
        ] {
            let problem = problem(body);
            assert_eq!(
                (&problem["status"], problem["errors"][0]["field"].as_str()),
                (&422.into(), Some(field))
            );
            assert_eq!(problem["errors"][0]["reason"], "is there twice");
        }
    }

    #[test]
    fn text_that_is_none_is_named() {
        for text in [r"\u0000", r"a\u0000b", r"\ud800", r"\udc00", r"\ud800\ud800", r"\ud800x"] {
            let problem = problem(&format!(r#"{{"name": "{text}"}}"#));
            assert_eq!(
                (&problem["status"], &problem["errors"][0]["field"]),
                (&422.into(), &"name".into()),
                "{text}"
            );
        }
        assert!(parse::<Body>(br#"{"name": "\\u0000 \ud83d\ude00"}"#).is_ok());
    }

    #[test]
    fn json_is_utf_8() {
        for (kind, is) in [
            ("application/json", true),
            ("Application/JSON ; Charset=\"UTF-8\"", true),
            ("application/json; charset=utf-16", false),
            ("text/json", false),
        ] {
            let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, kind.parse().unwrap())]);
            assert_eq!(is_json(&headers), is, "{kind}");
        }
    }

    #[tokio::test]
    async fn a_parameter_at_fault_is_named_once_and_in_our_words() {
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Page {
            #[expect(dead_code, reason = "only parsed")]
            limit: Option<u32>,
        }
        for (query, field, reason) in [
            ("limit=-1", "limit", "must be digits only, such as 50"),
            ("limit=", "limit", "must be digits only, such as 50"),
            ("limit=99999999999", "limit", "is too large"),
            ("limit=1&limit=2", "limit", "duplicate field `limit`"),
            ("size=1", "size", "unknown field `size`, expected `limit`"),
        ] {
            let (mut parts, ()) =
                http::Request::get(format!("/v1/trades?{query}")).body(()).unwrap().into_parts();
            let refused = Params::<Page>::from_request_parts(&mut parts, &()).await.err().unwrap();
            let problem: serde_json::Value = serde_json::from_str(&refused.to_json()).unwrap();
            assert_eq!(problem["errors"], serde_json::json!([{"field": field, "reason": reason}]), "{query}");
        }
    }

    #[test]
    fn a_missing_field_is_named() {
        assert_eq!(problem("{}")["errors"][0]["field"], "name");
    }

    #[test]
    fn deep_and_huge_json_is_refused() {
        for body in ["[".repeat(10_000), r#"{"a":"#.repeat(10_000), r#"{"name": 1e400}"#.to_owned()] {
            assert_eq!(problem(&body)["status"], 400, "{body:.20}");
        }
    }

    #[test]
    fn broken_json_and_trailing_garbage_are_bad_requests() {
        assert_eq!(problem("{")["status"], 400);
        assert_eq!(problem(r#"{"name": "a"} x"#)["status"], 400);
    }
}
