//! What browsers get: cookies, origins, headers on everything.

use crate::{
    fleet::{Fleet, Plan},
    user::{PASSWORD, User},
};
use gateway::WebClient;
use reqwest::{Client, StatusCode, header};
use serde_json::{Value, json};

const OURS: &str = "https://app.journal.example";

#[tokio::test(flavor = "multi_thread")]
async fn cookies_sign_in_refresh_and_out_but_only_from_our_pages() {
    let fleet = Fleet::start(Plan::default()).await;
    let email = User::new(fleet.gateway()).await.email;
    let browser = Client::builder().cookie_store(true).build().unwrap();
    let url = |path: &str| format!("{}{path}", fleet.gateway());
    let login = json!({"email": email, "password": PASSWORD});
    let answer = browser.post(url("/v1/auth/login")).json(&login).send().await.unwrap();
    let cookies: Vec<String> =
        answer.headers().get_all(header::SET_COOKIE).iter().map(|c| c.to_str().unwrap().to_owned()).collect();
    let names: Vec<&str> = cookies.iter().filter_map(|c| c.split('=').next()).collect();
    assert_eq!(names, ["access", "refresh", "device"]);
    assert!(cookies.iter().all(|c| c.contains("HttpOnly") && c.contains("SameSite=Strict")), "{cookies:?}");
    assert_eq!(answer.json::<Value>().await.unwrap().get("refresh_token"), None);

    assert_eq!(browser.get(url("/v1/me")).send().await.unwrap().status(), StatusCode::OK);
    let account = json!({"name": "A", "broker": "b", "currency": "USD", "time_zone": "UTC"});
    let post = |origin: &'static str| {
        browser.post(url("/v1/accounts")).header(header::ORIGIN, origin).json(&account)
    };
    assert_eq!(post("https://evil.example").send().await.unwrap().status(), StatusCode::FORBIDDEN);
    assert_eq!(
        browser.post(url("/v1/accounts")).json(&account).send().await.unwrap().status(),
        StatusCode::FORBIDDEN
    );
    assert_eq!(post(OURS).send().await.unwrap().status(), StatusCode::CREATED);

    let refresh = browser
        .post(url("/v1/auth/refresh"))
        .header(header::ORIGIN, OURS)
        .header(header::CONTENT_TYPE, "application/json");
    assert_eq!(refresh.send().await.unwrap().status(), StatusCode::OK);
    let logout = browser
        .post(url("/v1/auth/logout"))
        .header(header::ORIGIN, OURS)
        .header(header::CONTENT_TYPE, "application/json");
    assert_eq!(logout.send().await.unwrap().status(), StatusCode::NO_CONTENT);
    assert_eq!(browser.get(url("/v1/me")).send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread")]
async fn security_headers_and_problems_are_on_every_answer() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let url = |path: &str| format!("{}{path}", fleet.gateway());
    let client = &user.client;
    let requests = [
        (client.get(url("/health")), 200),
        (client.get(url("/nowhere")), 404),
        (client.get(url("/v1/me")), 401),
        (client.delete(url("/v1/trades")), 405),
        (client.post(url("/v1/auth/login")).body("{}"), 415),
        (client.post(url("/v1/auth/login")).header(header::CONTENT_TYPE, "application/json").body("{"), 400),
        (client.post(url("/v1/auth/login")).json(&json!({"email": "a"})), 422),
        (
            client
                .post(url("/v1/auth/login"))
                .json(&json!({"email": "a@b.example", "password": "x".repeat(2 << 20)})),
            413,
        ),
        (client.get(url("/v1/stream")).bearer_auth(&user.access_token), 426),
        (client.get(url("/docs/")), 200),
        (client.get(url("/v1/openapi.json")), 200),
    ];

    for (request, status) in requests {
        let answer = request.header("x-request-id", "my-request-1").send().await.unwrap();
        let headers = answer.headers().clone();
        let path = answer.url().path().to_owned();

        assert_eq!(answer.status().as_u16(), status, "{path}");
        assert_eq!(headers["x-request-id"], "my-request-1", "{path}");
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert!(
            headers.contains_key("strict-transport-security")
                && headers.contains_key("content-security-policy"),
            "{path}"
        );
        if status >= 400 {
            assert_eq!(headers["content-type"], "application/problem+json", "{path} {status}");
            let problem: Value = answer.json().await.unwrap();
            assert_eq!(problem["status"], status, "{path}");
            assert!(problem["type"].as_str().unwrap().starts_with("urn:journal:problem:"), "{problem}");
            assert!(problem["trace_id"].is_string() && problem["title"].is_string(), "{problem}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_web_client_is_served_beside_the_api_under_a_policy_of_its_own() {
    let built = tempfile::tempdir().unwrap();
    std::fs::create_dir(built.path().join("assets")).unwrap();
    std::fs::write(built.path().join("index.html"), "<title>Trading Journal</title>").unwrap();
    std::fs::write(built.path().join("assets/app-1a2b.js"), "export {}").unwrap();
    let web = WebClient { web_dir: Some(built.path().to_owned()) };
    let fleet = Fleet::start(Plan { web, ..Plan::default() }).await;
    let browser = Client::new();
    let open = |path: &str| {
        browser.get(format!("{}{path}", fleet.gateway())).header(header::ACCEPT, "text/html").send()
    };

    let page = open("/journal/2026-01-05").await.unwrap();

    assert_eq!(page.status(), StatusCode::OK);
    let told = |name: &str| page.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(told("content-type"), "text/html");
    assert!(told("content-security-policy").contains("script-src 'self';"));
    assert_eq!(
        (told("x-content-type-options"), told("cache-control")),
        ("nosniff".into(), "no-cache".into())
    );
    assert!(page.headers().contains_key("x-request-id"));
    let script = open("/assets/app-1a2b.js").await.unwrap();
    assert_eq!(script.headers()["content-type"], "text/javascript");
    let missing = open("/v1/nothing").await.unwrap();
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
    assert_eq!(missing.headers()["content-type"], "application/problem+json");
    // A link to a provider that is not set up any more leads to a page that says so.
    let refused = open("/v1/auth/oidc/nowhere/start").await.unwrap();
    assert_eq!((refused.status(), refused.url().path()), (StatusCode::OK, "/sign-in"));
    assert_eq!(refused.url().query(), Some("problem=not-found&provider=nowhere"));
    for (name, value, status) in [
        ("range", "bytes=99999999-", 416),
        ("range", "bytes=0-1,3-4", 416),
        ("if-unmodified-since", "Thu, 01 Jan 1970 00:00:00 GMT", 412),
    ] {
        let refused = browser.get(fleet.gateway()).header(name, value).send().await.unwrap();
        assert_eq!(refused.status().as_u16(), status, "{name}: {value}");
        assert_eq!(refused.headers()["content-type"], "application/problem+json");
        assert!(refused.headers().contains_key("x-content-type-options"));
        let problem: Value = refused.json().await.unwrap();
        assert_eq!((&problem["status"], &problem["instance"]), (&json!(status), &json!("/")));
    }
    let written = browser.post(format!("{}/trades", fleet.gateway())).send().await.unwrap();
    assert_eq!(written.headers()["content-type"], "application/problem+json");
}
