//! Requests that could be read in two ways are not read at all.

use crate::{
    problem::Problem,
    serving::{MAX_HEAD_BYTES, TwoLengths},
};
use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::{HeaderMap, HeaderName, StatusCode, Uri, Version, header};

/// Longer than any URL of ours, cursors and filters included.
const MAX_URL_BYTES: usize = 8 * 1024;

/// Headers that say one thing: of two, nobody could tell which one counts.
const SINGULAR: [HeaderName; 8] = [
    header::AUTHORIZATION,
    header::CONTENT_ENCODING,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::HOST,
    header::ORIGIN,
    header::TRANSFER_ENCODING,
    HeaderName::from_static("x-requested-with"),
];

/// Refuses a request whose shape is not plain.
pub(super) async fn sound(request: Request, next: Next) -> Response {
    match check(&request) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

fn check(request: &Request) -> Result<(), Problem> {
    let headers = request.headers();
    if length(headers) > MAX_HEAD_BYTES {
        return Err(Problem::of_framework(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE));
    }
    if request.extensions().get::<TwoLengths>().is_some() {
        return Err(malformed("a request has Content-Length or Transfer-Encoding, not both"));
    }
    if let Some(name) = SINGULAR.iter().find(|name| headers.get_all(*name).iter().nth(1).is_some()) {
        return Err(malformed(&format!("the header {name} is there twice")));
    }
    if request.version() == Version::HTTP_11 && !headers.contains_key(header::HOST) {
        return Err(malformed("the Host header is missing"));
    }
    plain_body(headers)?;
    plain_url(request.uri())
}

/// Hyper counts it over HTTP/1.1 alone.
fn length(headers: &HeaderMap) -> usize {
    headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum()
}

/// Bodies are never inflated: one that is compressed is refused before anybody reads it.
fn plain_body(headers: &HeaderMap) -> Result<(), Problem> {
    let encoding = headers.get(header::CONTENT_ENCODING);
    if encoding.is_none_or(|encoding| encoding.as_bytes().eq_ignore_ascii_case(b"identity")) {
        return Ok(());
    }
    let detail = "send the body as it is, without a Content-Encoding";
    Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-encoding", detail))
}

fn plain_url(url: &Uri) -> Result<(), Problem> {
    let (path, query) = (url.path(), url.query().unwrap_or_default());
    if path.len() + query.len() > MAX_URL_BYTES {
        return Err(Problem::of_framework(StatusCode::URI_TOO_LONG));
    }
    if !is_text(path) {
        return Err(malformed("the path is not UTF-8 text without NUL"));
    }
    // One at a time: an escape at the end of one must not complete itself in the next.
    match query.split('&').find(|parameter| !is_text(parameter)) {
        None => Ok(()),
        Some(parameter) => {
            let name = parameter.split('=').next().filter(|name| is_text(name) && !name.is_empty());
            Err(Problem::invalid_field(name.unwrap_or("query"), "must be UTF-8 text without NUL"))
        }
    }
}

fn malformed(detail: &str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "malformed-request", detail)
}

/// True when what is behind the percent signs is UTF-8 text without NUL.
fn is_text(escaped: &str) -> bool {
    let mut bytes = escaped.bytes();
    let mut decoded = Vec::with_capacity(escaped.len());
    while let Some(byte) = bytes.next() {
        let mut ahead = bytes.clone();
        let escape = (byte == b'%').then(|| Some(hex(ahead.next()?)? * 16 + hex(ahead.next()?)?)).flatten();
        if escape.is_some() {
            bytes = ahead;
        }
        decoded.push(escape.unwrap_or(byte));
    }
    !decoded.contains(&0) && str::from_utf8(&decoded).is_ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_utf8_without_nul_however_it_is_escaped() {
        for text in ["", "/v1/trades", "a%20b", "%C3%A9", "100%", "%zz", "%e2%82%ac%", "%2500"] {
            assert!(is_text(text), "{text}");
        }
        for none in ["%00", "a%00b", "%ff", "%c3", "%c3%28", "%ed%a0%80", "%C0%80", "%f5%80%80%80"] {
            assert!(!is_text(none), "{none}");
        }
    }

    #[test]
    fn a_parameter_at_fault_is_named() {
        let problem = plain_url(&"/v1/trades?limit=1&symbol=%00".parse().unwrap()).unwrap_err();

        assert!(problem.to_json().contains(r#""field":"symbol""#), "{}", problem.to_json());
    }
}
