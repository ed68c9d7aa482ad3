//! Foreign pages: no shape of request that one can send acts for a user, and none reads an answer.

use crate::{
    fleet::{Fleet, Plan},
    user::{PASSWORD, User},
};
use reqwest::{Client, Method, RequestBuilder, StatusCode, header};
use serde_json::{Value, json};

const OURS: &str = "https://app.journal.example";

/// Origins that are not ours, however alike.
const FOREIGN: [&str; 24] = [
    "null",
    "https://evil.example",
    "http://app.journal.example",
    "https://app.journal.example:8443",
    "https://app.journal.example:443",
    "https://app.journal.example.evil.example",
    "https://evil.example/app.journal.example",
    "https://evil-app.journal.example",
    "https://evilapp.journal.example",
    "https://journal.example",
    "https://sub.app.journal.example",
    "https://app.journal.example.",
    "https://app.journal.example/",
    "https://app.journal.example@evil.example",
    "https://APP.journal.example",
    "HTTPS://app.journal.example",
    "https://app.journal.example https://evil.example",
    "https://app.journal.example,https://evil.example",
    "https://app.journal.exampl",
    "https://app_journal.example",
    "https://app.journal.example%60.evil.example",
    "file://",
    "chrome-extension://app.journal.example",
    "*",
];

#[tokio::test(flavor = "multi_thread")]
async fn only_listed_origins_may_read_answers_with_credentials() {
    let fleet = Fleet::start(Plan::default()).await;
    let client = Client::new();
    let preflight = async |origin: &str| {
        let request = client.request(Method::OPTIONS, format!("{}/v1/accounts", fleet.gateway()));
        request
            .header(header::ORIGIN, origin)
            .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
            .send()
            .await
            .unwrap()
    };
    let read = async |origin: &str| {
        let request = client.get(format!("{}/v1/me", fleet.gateway())).header(header::ORIGIN, origin);
        request.send().await.unwrap()
    };

    for answer in [preflight(OURS).await, read(OURS).await] {
        assert_eq!(answer.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], OURS);
        assert_eq!(answer.headers()[header::ACCESS_CONTROL_ALLOW_CREDENTIALS], "true");
        assert!(varies_by_origin(&answer), "{:?}", answer.headers());
    }
    for origin in FOREIGN {
        for answer in [preflight(origin).await, read(origin).await] {
            assert_eq!(answer.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN), None, "{origin}");
            assert!(varies_by_origin(&answer), "{origin}: {:?}", answer.headers());
        }
    }
}

fn varies_by_origin(answer: &reqwest::Response) -> bool {
    let mut names = answer.headers().get_all(header::VARY).iter().filter_map(|value| value.to_str().ok());
    names.any(|names| names.split(',').any(|name| name.trim().eq_ignore_ascii_case("origin")))
}

#[tokio::test(flavor = "multi_thread")]
async fn no_forged_request_acts_with_the_cookies_of_a_user() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let browser = Client::builder().cookie_store(true).build().unwrap();
    let login = json!({"email": user.email, "password": PASSWORD});
    let url = format!("{}/v1/auth/login", fleet.gateway());
    assert_eq!(browser.post(url).json(&login).send().await.unwrap().status(), StatusCode::OK);
    let post = || browser.post(format!("{}/v1/accounts", fleet.gateway()));

    let shapes = forged(post);

    assert!(shapes.len() >= 30, "{} shapes", shapes.len());
    for (shape, request) in shapes {
        let answer = request.send().await.unwrap();
        assert!(answer.status().is_client_error(), "{shape}: {}", answer.status());
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(problem["type"], "urn:journal:problem:origin-not-allowed", "{shape}: {problem}");
    }
    assert_eq!(user.get("/v1/accounts").await["items"], json!([]));
    let ours = post().header(header::ORIGIN, OURS).json(&account()).send().await.unwrap();
    assert_eq!(ours.status(), StatusCode::CREATED, "the same from our page");
}

fn account() -> Value {
    json!({"name": "Forged", "broker": "b", "currency": "USD", "time_zone": "UTC"})
}

/// What a page elsewhere can make a browser send, and some things that it cannot.
fn forged(post: impl Fn() -> RequestBuilder) -> Vec<(String, RequestBuilder)> {
    let mut shapes = vec![("no origin".to_owned(), post().json(&account()))];
    for origin in FOREIGN {
        shapes.push((format!("from {origin}"), post().header(header::ORIGIN, origin).json(&account())));
    }
    // From our origin, as another weakness may allow, but of the shapes that need no preflight.
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "text/plain; application/json",
        "",
    ] {
        let request = post().header(header::ORIGIN, OURS).header(header::CONTENT_TYPE, kind);
        shapes.push((format!("as {kind:?}"), request.body(account().to_string())));
    }
    shapes.push(("of no kind".to_owned(), post().header(header::ORIGIN, OURS).body(account().to_string())));
    let referer = post().header(header::REFERER, format!("{OURS}/accounts"));
    shapes.push(("by Referer alone".to_owned(), referer.json(&account())));
    let forwarded =
        post().header("x-forwarded-host", "evil.example").header(header::ORIGIN, "http://evil.example");
    shapes.push(("for a forwarded host".to_owned(), forwarded.json(&account())));
    let asked = post().header("x-requested-with", "XMLHttpRequest");
    shapes.push(("with a header, from nowhere".to_owned(), asked.json(&account())));
    shapes
}
