//! Answers that are written without hyper: to connections that are refused, and to requests that hyper cannot read.

use super::given::TAIL;
use crate::{
    layers::SECURITY_HEADERS,
    problem::{PROBLEM_JSON, Problem},
};
use http::StatusCode;
use std::fmt::Write as _;
use uuid::Uuid;

const PROTOCOL: &[u8] = b"HTTP/1.1 ";

/// The whole response, after which the connection is closed.
pub(super) fn response(problem: &Problem) -> Vec<u8> {
    let (status, id) = (problem.status(), Uuid::now_v7());
    let body = problem.clone().traced(id.to_string()).to_json();
    let mut text = format!(
        "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-type: {PROBLEM_JSON}\r\ncontent-length: {}\r\n\
         cache-control: no-store\r\nx-request-id: {id}\r\n",
        body.len()
    );
    for (name, value) in SECURITY_HEADERS {
        let _ = write!(text, "{name}: {value}\r\n");
    }
    if let Some(seconds) = problem.retry_after_seconds() {
        let _ = write!(text, "retry-after: {seconds}\r\n");
    }
    let _ = write!(text, "\r\n{body}");
    text.into_bytes()
}

/// Where in `written` hyper's own answer to something unreadable begins, and its status. It has no body and none of the headers
/// that every answer of ours has, and nothing comes after it.
pub(super) fn unreadable(written: &[u8]) -> Option<(usize, StatusCode)> {
    let before_end = written.strip_suffix(b"\r\n\r\n")?;
    let start = before_end.windows(PROTOCOL.len()).rposition(|window| window == PROTOCOL)?;
    if written.len() - start > TAIL {
        return None;
    }
    let (status_line, headers) = str::from_utf8(before_end.get(start..)?).ok()?.split_once("\r\n")?;
    let status = status_line.split(' ').nth(1)?.parse().ok().filter(StatusCode::is_client_error)?;
    let mut names = headers.split("\r\n").map(|line| line.split(':').next().unwrap_or_default());
    let is_bare = headers.contains("content-length: 0")
        && names.all(|name| ["connection", "content-length", "date"].contains(&name));
    is_bare.then_some((start, status))
}

/// What to say instead.
pub(super) fn problem(status: StatusCode) -> Problem {
    match status {
        StatusCode::BAD_REQUEST => Problem::new(status, "malformed-request", "this is not an HTTP request"),
        other => Problem::of_framework(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BARE: &str = "HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\ndate: Mon, 05 Jan 2026 14:30:00 GMT\r\n\r\n";

    #[test]
    fn hypers_own_answers_are_told_from_ours() {
        assert_eq!(unreadable(BARE.as_bytes()), Some((0, StatusCode::BAD_REQUEST)));
        let second = format!("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{{}}{BARE}");
        assert_eq!(unreadable(second.as_bytes()), Some((40, StatusCode::BAD_REQUEST)));
        for ours in [
            BARE.replace("date", "x-request-id"),
            BARE.replace("400 Bad Request", "204 No Content"),
            BARE.replace("content-length: 0", "content-length: 5"),
            format!("{BARE}more"),
            String::new(),
        ] {
            assert_eq!(unreadable(ours.as_bytes()), None, "{ours}");
        }
    }

    #[test]
    fn a_response_is_whole() {
        let response = String::from_utf8(response(&problem(StatusCode::URI_TOO_LONG))).unwrap();
        let (head, body) = response.split_once("\r\n\r\n").unwrap();

        assert!(head.starts_with("HTTP/1.1 414 URI Too Long\r\n"), "{head}");
        assert!(head.contains(&format!("content-length: {}\r\n", body.len())), "{head}");
        assert!(head.contains("x-content-type-options: nosniff"), "{head}");
        assert!(body.contains("\"status\":414"), "{body}");
    }
}
