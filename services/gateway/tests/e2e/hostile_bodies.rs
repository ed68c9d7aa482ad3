//! Bodies that parsers trip over: nothing of them is stored, and what is wrong is named.

use crate::{
    fleet::{Fleet, Plan},
    raw,
    user::User,
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// JSON bodies that no path takes, each with the status that it gets everywhere.
fn bodies() -> Vec<(&'static str, Vec<u8>, u16)> {
    let text = |name, body: &str, status| (name, body.as_bytes().to_vec(), status);
    vec![
        text("nothing", "", 400),
        text("a name twice", r#"{"name": "a", "name": "b"}"#, 422),
        text("a name twice, once escaped", r#"{"name": "a", "n\u0061me": "b"}"#, 422),
        text("a name twice, deep", r#"{"rates": [{"from": "EUR", "from": "USD"}]}"#, 422),
        text("NUL, escaped", r#"{"name": "a\u0000b"}"#, 422),
        text("NUL in a name", r#"{"na\u0000me": "a"}"#, 422),
        ("NUL, raw", b"{\"name\": \"a\0b\"}".to_vec(), 400),
        text("a leading surrogate alone", r#"{"name": "\ud800"}"#, 422),
        text("a trailing surrogate alone", r#"{"name": "\udc00"}"#, 422),
        text("surrogates in the wrong order", r#"{"name": "\udc00\ud800"}"#, 422),
        ("not UTF-8", b"{\"name\": \"\xff\"}".to_vec(), 400),
        ("a surrogate in UTF-8", b"{\"name\": \"\xed\xa0\x80\"}".to_vec(), 400),
        ("UTF-16", "{\"name\": \"a\"}".encode_utf16().flat_map(u16::to_le_bytes).collect(), 400),
        ("a byte order mark", b"\xef\xbb\xbf{}".to_vec(), 400),
        ("ten thousand lists", b"[".repeat(10_000), 400),
        ("ten thousand lists in a field", [br#"{"name": "#.as_slice(), &b"[".repeat(10_000)].concat(), 400),
        ("ten thousand objects", br#"{"a":"#.repeat(10_000), 400),
        text("1e400", r#"{"name": 1e400}"#, 400),
        text("-1e400", r#"{"name": -1e400}"#, 400),
        text("NaN", r#"{"name": NaN}"#, 400),
        text("a number", r#"{"name": 7, "email": 7}"#, 422),
        text("a number of a thousand digits", &format!("{{\"name\": {}}}", "9".repeat(1_000)), 400),
        text("a list", "[]", 422),
        text("a list in the place of an object", r#"["a", "b", "USD", "UTC"]"#, 422),
        text("a text", "\"name\"", 422),
        text("null", "null", 422),
        text("true", "true", 422),
        text("trailing garbage", "{} {}", 400),
        text("a comment", "{/* */}", 400),
        text("single quotes", "{'name': 'a'}", 400),
        text("a field that nobody knows", r#"{"__proto__": {"admin": true}}"#, 422),
        text("a field that the server owns", r#"{"user_id": "0190aaaa-0000-7000-8000-000000000000"}"#, 422),
        ("a name 100,000 times", format!("{{{}}}", vec!["\"f\":1"; 100_000].join(",")).into_bytes(), 422),
        ("a megabyte and more", format!("{{\"name\": \"{}\"}}", "a".repeat(1 << 20)).into_bytes(), 413),
    ]
}

/// Every path that takes JSON and needs no id; one with an id stands for the others.
const PATHS: [(&str, &str); 9] = [
    ("POST", "/v1/auth/register"),
    ("POST", "/v1/auth/login"),
    ("POST", "/v1/accounts"),
    ("POST", "/v1/fills"),
    ("PUT", "/v1/rates"),
    ("POST", "/v1/trades/merge"),
    ("POST", "/v1/imports/mappings"),
    ("PUT", "/v1/notifications/preferences"),
    ("PATCH", "/v1/trades/0190aaaa-0000-7000-8000-000000000000"),
];

fn request(user: &User, method: &str, path: &str, kind: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: journal\r\nConnection: close\r\nAuthorization: Bearer {}\r\n\
         Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
        user.access_token,
        body.len()
    );
    [head.as_bytes(), body].concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_json_is_refused_everywhere_and_leaves_nothing() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;

    for (method, path) in PATHS {
        for (name, body, status) in bodies() {
            let bytes = request(&user, method, path, "application/json", &body);
            let name = format!("{method} {path}: {name}");
            let answer =
                raw::ask(fleet.gateway(), &bytes).await.unwrap_or_else(|| panic!("{name}: no answer"));
            answer.assert_refusal(&name);
            // Of whoever is not signed in, only so much is read.
            let is_too_long = path.starts_with("/v1/auth/") && body.len() > 64 * 1024;
            let status = if is_too_long { 413 } else { status };
            assert_eq!(answer.status, status, "{name}: {}", String::from_utf8_lossy(&answer.body));
        }
    }

    for list in ["/v1/accounts", "/v1/fills", "/v1/rates", "/v1/trades", "/v1/imports/mappings"] {
        assert_eq!(user.get(list).await["items"], json!([]), "{list}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_is_there_twice_is_named_not_chosen() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;

    for (path, body, field) in [
        (
            "/v1/accounts",
            r#"{"name": "a", "broker": "b", "currency": "USD", "time_zone": "UTC", "name": "z"}"#,
            "name",
        ),
        ("/v1/auth/login", r#"{"email": "a@b.example", "password": "x", "password": "y"}"#, "password"),
        (
            "/v1/imports/mappings",
            r#"{"name": "B", "columns": {"symbol": "a", "symbol": "b"}}"#,
            "columns.symbol",
        ),
    ] {
        let bytes = request(&user, "POST", path, "application/json", body.as_bytes());
        let answer = raw::ask(fleet.gateway(), &bytes).await.unwrap();
        let text = String::from_utf8(answer.body).unwrap();

        assert_eq!(answer.status, 422, "{path}: {text}");
        assert!(
            text.contains(&format!(r#"{{"field":"{field}","reason":"is there twice"}}"#)),
            "{path}: {text}"
        );
    }
    assert_eq!(user.get("/v1/accounts").await["items"], json!([]));
    for query in ["limit=1&limit=2", "symbol=%F0%9F", "text=%00", "cursor=%00", "cursor=..%2f"] {
        let answer = user.send(Method::GET, &format!("/v1/fills?{query}"), None).await;
        assert_eq!(answer.status(), 422, "{query}");
        let field = query.split('=').next().unwrap();
        assert_eq!(answer.json::<Value>().await.unwrap()["errors"][0]["field"], field, "{query}");
    }
}

/// A part of a form.
fn part(name: &str, value: &str) -> String {
    format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_forms_are_refused_and_leave_nothing() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    let id = part("account_id", &account);
    let file = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\ntimestamp,symbol\r\n";
    let form = "multipart/form-data; boundary=x";
    let cases: Vec<(&str, &str, Vec<u8>)> = vec![
        ("no form", form, Vec::new()),
        ("an empty form", form, b"--x--\r\n".to_vec()),
        ("100,000 parts of one name", form, part("format", "a").repeat(100_000).into_bytes()),
        ("100,000 parts without a name", form, "--x\r\n\r\na\r\n".repeat(100_000).into_bytes()),
        (
            "100,000 parts that nobody knows",
            form,
            (0..100_000).map(|n| part(&format!("p{n}"), "")).collect::<String>().into_bytes(),
        ),
        (
            "a part with a thousand headers",
            form,
            format!("--x\r\n{}\r\n\r\n", "a: b\r\n".repeat(1_000)).into_bytes(),
        ),
        ("a form without end", form, format!("{id}{file}").into_bytes()),
        ("a form that breaks off in a header", form, format!("{id}--x\r\nContent-Dis").into_bytes()),
        ("another boundary", form, format!("{id}{file}--x--\r\n").replace("--x", "--y").into_bytes()),
        ("no boundary", "multipart/form-data", format!("{id}{file}--x--\r\n").into_bytes()),
        ("an empty boundary", "multipart/form-data; boundary=", format!("{id}{file}--x--\r\n").into_bytes()),
        ("a nested form", "multipart/mixed; boundary=x", format!("{id}{file}--x--\r\n").into_bytes()),
        (
            "a long text",
            form,
            format!("{id}{}{file}--x--\r\n", part("format", &"a".repeat(1 << 20))).into_bytes(),
        ),
        ("NUL in a text", form, format!("{id}{}{file}--x--\r\n", part("time_zone", "a\0b")).into_bytes()),
        (
            "a text that is not UTF-8",
            form,
            [part("format", "").trim_end().as_bytes(), b"\r\n\r\n\xff\r\n--x--\r\n"].concat(),
        ),
        ("two accounts", form, format!("{id}{id}{file}--x--\r\n").into_bytes()),
        (
            "a time zone behind the file",
            form,
            format!("{id}{file}{}--x--\r\n", part("time_zone", "UTC")).into_bytes(),
        ),
        (
            "what nobody knows behind the file",
            form,
            format!("{id}{file}{}--x--\r\n", part("bogus", "1")).into_bytes(),
        ),
        ("another file behind the file", form, format!("{id}{file}{file}--x--\r\n").into_bytes()),
        ("two files before the account", form, format!("{file}{file}{id}--x--\r\n").into_bytes()),
        (
            "an account that is a path",
            form,
            format!("{}{file}--x--\r\n", part("account_id", "../../x")).into_bytes(),
        ),
        ("ten megabytes of nothing", form, vec![b'a'; 10 << 20]),
        ("JSON", "application/json", b"{}".to_vec()),
    ];

    for path in ["/v1/imports", "/v1/imports/preview"] {
        for (name, kind, body) in &cases {
            let answer = raw::ask(fleet.gateway(), &request(&user, "POST", path, kind, body)).await;
            let name = format!("{path}: {name}");
            answer.unwrap_or_else(|| panic!("{name}: no answer")).assert_refusal(&name);
        }
    }

    assert_eq!(user.get("/v1/imports").await["items"], json!([]));
    assert_eq!(user.get("/v1/fills").await["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_no_object_and_an_object_no_word_however_deep() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;

    for (method, path, body, field) in [
        (
            Method::POST,
            "/v1/accounts",
            json!({"name": "a", "broker": "b", "currency": "USD", "time_zone": "UTC", "opening_balance": ["100", "USD"]}),
            "opening_balance",
        ),
        (
            Method::PUT,
            "/v1/rates",
            json!({"rates": [["EUR", "USD", "2026-01-05T00:00:00Z", "1.08"]]}),
            "rates[0]",
        ),
        (Method::POST, "/v1/playbooks", json!({"name": "p", "rules": [["Wait for the close"]]}), "rules[0]"),
        (Method::POST, "/v1/auth/api-keys", json!({"name": "x", "scope": {"write": null}}), "scope"),
        (
            Method::POST,
            "/v1/auth/login",
            json!({"email": user.email, "password": crate::user::PASSWORD, "delivery": {"body": null}}),
            "delivery",
        ),
    ] {
        let refused = user.send(method, path, Some(body)).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        let problem: Value = refused.json().await.unwrap();
        assert_eq!(problem["errors"][0]["field"], field, "{path}: {problem}");
    }
    for list in ["/v1/accounts", "/v1/rates", "/v1/auth/api-keys"] {
        assert_eq!(user.get(list).await["items"], json!([]), "{list}");
    }
}
