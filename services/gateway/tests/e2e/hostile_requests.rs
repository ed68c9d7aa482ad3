//! Requests that are no requests, say two things at once, or say too much.

use crate::{
    fleet::{Fleet, Plan},
    raw,
    user::User,
};
use futures_util::{StreamExt as _, stream};
use serde_json::json;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

/// A request head with these lines between `Host` and the end.
fn head(line: &str, headers: &str) -> Vec<u8> {
    format!("{line} HTTP/1.1\r\nHost: journal\r\nConnection: close\r\n{headers}\r\n").into_bytes()
}

fn unreadable() -> Vec<(&'static str, Vec<u8>)> {
    let get = "GET /v1/accounts HTTP/1.1\r\nHost: journal\r\n";
    vec![
        ("HTTP/0.9", b"GET /v1/accounts\r\n\r\n".to_vec()),
        ("HTTP/9.9", b"GET / HTTP/9.9\r\nHost: journal\r\n\r\n".to_vec()),
        ("no request", b"hello\r\n\r\n".to_vec()),
        ("a TLS hello", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n".to_vec()),
        ("NUL in the path", b"GET /v1/\0 HTTP/1.1\r\nHost: journal\r\n\r\n".to_vec()),
        ("bytes that are not UTF-8 in the path", b"GET /v1/\xff HTTP/1.1\r\nHost: journal\r\n\r\n".to_vec()),
        (
            "bytes that are not UTF-8 in the query",
            b"GET /v1/fills?symbol=\xc3\x28 HTTP/1.1\r\nHost: j\r\n\r\n".to_vec(),
        ),
        ("a space in the path", b"GET /v1/a b HTTP/1.1\r\nHost: journal\r\n\r\n".to_vec()),
        ("NUL in a header", format!("{get}X-A: a\0b\r\n\r\n").into_bytes()),
        ("a space before a header's colon", format!("{get}X-A : a\r\n\r\n").into_bytes()),
        ("a folded header", format!("{get}X-A: a\r\n b\r\n\r\n").into_bytes()),
        ("a header without a name", format!("{get}: a\r\n\r\n").into_bytes()),
        ("a lone carriage return", format!("{get}X-A: a\rb\r\n\r\n").into_bytes()),
        ("a hundred thousand headers", format!("{get}{}\r\n", "a: b\r\n".repeat(100_000)).into_bytes()),
        ("two hundred headers", format!("{get}{}\r\n", "a: b\r\n".repeat(200)).into_bytes()),
        ("a header of a megabyte", format!("{get}X-A: {}\r\n\r\n", "a".repeat(1 << 20)).into_bytes()),
        ("a header without end", format!("{get}X-A: {}", "a".repeat(1 << 20)).into_bytes()),
        ("a cookie of 64 KiB", format!("{get}Cookie: access={}\r\n\r\n", "a".repeat(64 << 10)).into_bytes()),
        (
            "a URL of a megabyte",
            format!("GET /{} HTTP/1.1\r\nHost: j\r\n\r\n", "a".repeat(1 << 20)).into_bytes(),
        ),
        ("a URL of 20 KiB", head(&format!("GET /v1/fills?symbol={}", "a".repeat(20 << 10)), "")),
    ]
}

fn ambiguous() -> Vec<(&'static str, Vec<u8>)> {
    let post = |headers: &str, body: &str| {
        [head("POST /v1/auth/login", headers).as_slice(), body.as_bytes()].concat()
    };
    let json = "Content-Type: application/json\r\n";
    let chunked = "2\r\n{}\r\n0\r\n\r\n";
    vec![
        (
            "length, then chunks",
            post(&format!("{json}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n"), chunked),
        ),
        (
            "chunks, then length",
            post(&format!("{json}Transfer-Encoding: chunked\r\nContent-Length: 2\r\n"), chunked),
        ),
        ("two lengths", post(&format!("{json}Content-Length: 2\r\nContent-Length: 4\r\n"), "{}{}")),
        ("a list of lengths", post(&format!("{json}Content-Length: 2, 2\r\n"), "{}")),
        ("a length with a sign", post(&format!("{json}Content-Length: +2\r\n"), "{}")),
        ("a negative length", post(&format!("{json}Content-Length: -2\r\n"), "{}")),
        (
            "a length of more than 64 bits",
            post(&format!("{json}Content-Length: 18446744073709551618\r\n"), "{}"),
        ),
        ("an unknown coding", post(&format!("{json}Transfer-Encoding: cow\r\n"), chunked)),
        ("chunks that are not last", post(&format!("{json}Transfer-Encoding: chunked, gzip\r\n"), chunked)),
        (
            "a chunk without a size",
            post(&format!("{json}Transfer-Encoding: chunked\r\n"), "zz\r\n{}\r\n0\r\n\r\n"),
        ),
        ("two types", post(&format!("{json}{json}Content-Length: 2\r\n"), "{}")),
        ("two hosts", post(&format!("Host: evil.example\r\n{json}Content-Length: 2\r\n"), "{}")),
        ("no host", b"GET /health HTTP/1.1\r\nConnection: close\r\n\r\n".to_vec()),
        ("NUL escaped in the path", head("GET /v1/accounts/%00", "")),
        ("half a character escaped in the path", head("GET /v1/accounts/%c3", "")),
        ("NUL escaped in the query", head("GET /v1/trades?symbol=A%00B", "")),
        ("half a character escaped in the query", head("GET /v1/trades?symbol=%ed%a0%80", "")),
        ("a URL of 9 KiB", head(&format!("GET /v1/trades?text={}", "a".repeat(9 << 10)), "")),
        ("a way up", head("GET /docs/../../../../etc/passwd", "")),
        ("an escaped way up", head("GET /docs/%2e%2e/%2e%2e/etc/passwd", "")),
        ("an escaped slash", head("GET /docs/..%2f..%2fetc%2fpasswd", "")),
        ("a backslash", head("GET /docs/..%5c..%5cetc%5cpasswd", "")),
        ("an unknown method", head("BREW /v1/accounts", "")),
        ("a method of a kilobyte", head(&format!("{} /v1/accounts", "A".repeat(1024)), "")),
        ("TRACE", head("TRACE /v1/accounts", "")),
        ("CONNECT", head("CONNECT journal:443", "")),
        (
            "a header that is not UTF-8",
            [b"GET /v1/accounts HTTP/1.1\r\nHost: j\r\nConnection: close\r\nAuthorization: \xff\xfe\r\n\r\n"
                .as_slice()]
            .concat(),
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_hostile_request_gets_a_problem_with_security_headers() {
    let fleet = Fleet::start(Plan::default()).await;

    for (name, bytes) in unreadable().into_iter().chain(ambiguous()) {
        let answer = raw::ask(fleet.gateway(), &bytes).await;
        answer.unwrap_or_else(|| panic!("{name}: no answer")).assert_refusal(name);
    }

    assert!(reqwest::get(format!("{}/health", fleet.gateway())).await.unwrap().status().is_success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_behind_a_good_answer_is_told_from_it() {
    let fleet = Fleet::start(Plan::default()).await;

    let bytes = b"GET /health HTTP/1.1\r\nHost: journal\r\n\r\nhello\r\n\r\n";
    let answer = raw::ask(fleet.gateway(), bytes).await.unwrap();

    assert_eq!(answer.status, 200);
    let body = String::from_utf8(answer.body).unwrap();
    assert!(body.contains("HTTP/1.1 400 Bad Request") && body.contains("malformed-request"), "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_lengths_are_seen_in_a_request_that_came_with_another() {
    let fleet = Fleet::start(Plan::default()).await;

    let first = "GET /health HTTP/1.1\r\nHost: journal\r\n\r\n";
    let second = head("POST /v1/auth/login", "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n");
    let bytes = [first.as_bytes(), &second, b"2\r\n{}\r\n0\r\n\r\n"].concat();
    let answer = raw::ask(fleet.gateway(), &bytes).await.unwrap();

    assert_eq!(answer.status, 200);
    let body = String::from_utf8(answer.body).unwrap();
    assert!(body.contains("HTTP/1.1 400 Bad Request") && body.contains("not both"), "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn compressed_bodies_are_refused_unread() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;

    for encoding in ["gzip", "zstd", "br", "deflate", "gzip, gzip", "x"] {
        let request =
            user.client.post(format!("{}/v1/accounts", fleet.gateway())).bearer_auth(&user.access_token);
        let request = request.header("content-encoding", encoding).header("content-type", "application/json");
        let answer = request.body(vec![0x1f; 1024]).send().await.unwrap();

        assert_eq!(answer.status(), 415, "{encoding}");
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_is_not_read_beyond_its_limit() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let chunk = 64 * 1024;
    // Of a form, 256 KiB may come before its file.
    for (path, kind, limit, status) in [
        ("/v1/accounts", "application/json", 1 << 20, 413),
        ("/v1/imports", "multipart/form-data; boundary=x", 256 << 10, 400),
        ("/v1/bars?symbol=X", "text/csv", 15 << 20, 413),
    ] {
        let sent = Arc::new(AtomicUsize::new(0));
        let counted = sent.clone();
        let endless = stream::repeat_with(move || {
            counted.fetch_add(chunk, Ordering::Relaxed);
            Ok::<_, std::io::Error>(vec![b'a'; chunk])
        });
        let method = if path.starts_with("/v1/bars") { reqwest::Method::PUT } else { reqwest::Method::POST };
        let request = user.client.request(method, format!("{}{path}", fleet.gateway()));
        let request = request.bearer_auth(&user.access_token).header("content-type", kind);

        // A stream that would never end: it is the gateway that ends it.
        let answer = request.body(reqwest::Body::wrap_stream(endless.boxed())).send().await;

        if let Ok(answer) = answer {
            assert_eq!(answer.status(), status, "{path}");
        }
        // What is under way in the buffers of two sockets comes on top.
        let sent = sent.load(Ordering::Relaxed);
        assert!(sent < limit + (12 << 20), "{path}: {sent} bytes were taken");
    }
    assert_eq!(user.get("/v1/accounts").await["items"], json!([]));
    assert_eq!(user.get("/v1/imports").await["items"], json!([]));
}
