//! Signing in with an account elsewhere, as a browser does it.

use crate::{
    fleet::{Fleet, Plan},
    user::{PASSWORD, User},
};
use reqwest::{Client, Response, StatusCode, redirect::Policy};
use serde_json::{Value, json};
use testing::{OidcProvider, Person};

/// A browser that keeps cookies and shows us where it is sent.
fn browser() -> Client {
    Client::builder().cookie_store(true).redirect(Policy::none()).build().unwrap()
}

async fn problem(answer: Response, status: StatusCode) -> String {
    assert_eq!(answer.status(), status);
    let problem: Value = answer.json().await.unwrap();
    problem["type"].as_str().unwrap().trim_start_matches("urn:journal:problem:").to_owned()
}

fn location(answer: &Response) -> String {
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    answer.headers()["location"].to_str().unwrap().to_owned()
}

/// Where the provider sends the browser back to.
fn callback(fleet: &Fleet, provider: &OidcProvider, authorization_url: &str, person: &Person) -> String {
    let mut url = format!("{}/v1/auth/oidc/local/callback?scope=openid&hd=example.com", fleet.gateway());
    for (name, value) in provider.consent(authorization_url, person) {
        let value: String = value.replace(':', "%3A").replace('/', "%2F");
        url = format!("{url}&{name}={value}");
    }
    url
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_goes_to_the_provider_and_comes_back_signed_in() {
    let provider = OidcProvider::start().await;
    let plan = Plan { oidc_providers: Some(provider.settings()), ..Plan::default() };
    let fleet = Fleet::start(plan).await;
    let url = |path: &str| format!("{}{path}", fleet.gateway());
    let ada = Person {
        subject: "ada".to_owned(),
        email: Some("ada@journal.example".to_owned()),
        email_verified: true,
    };
    let (browser, other) = (browser(), browser());

    let sent = browser.get(url("/v1/auth/oidc/local/start?return_to=/trades")).send().await.unwrap();
    let cookie = sent.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(
        cookie.starts_with("oidc=") && cookie.contains("Max-Age=600; HttpOnly; SameSite=Lax"),
        "{cookie}"
    );
    let authorization = location(&sent);
    let back = url("/v1/auth/oidc/local/callback").replace(':', "%3A").replace('/', "%2F");
    assert!(authorization.contains(&format!("redirect_uri={back}")), "{authorization}");
    let callback = callback(&fleet, &provider, &authorization, &ada);
    assert_eq!(
        problem(other.get(&callback).send().await.unwrap(), StatusCode::UNAUTHORIZED).await,
        "oidc-failed"
    );

    let returned = browser.get(&callback).send().await.unwrap();

    assert_eq!(location(&returned), "/trades");
    let me: Value = browser.get(url("/v1/me")).send().await.unwrap().json().await.unwrap();
    assert_eq!((&me["email"], &me["email_verified"]), (&json!("ada@journal.example"), &json!(true)));
    let replayed = browser.get(&callback).send().await.unwrap();
    assert_eq!(problem(replayed, StatusCode::UNAUTHORIZED).await, "oidc-failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_the_address_already_signs_in_and_links() {
    let provider = OidcProvider::start().await;
    let plan = Plan { oidc_providers: Some(provider.settings()), ..Plan::default() };
    let fleet = Fleet::start(plan).await;
    let url = |path: &str| format!("{}{path}", fleet.gateway());
    let email = User::new(fleet.gateway()).await.email;
    let person = Person { subject: "ada".to_owned(), email: Some(email.clone()), email_verified: true };
    let browser = browser();
    let sent = browser.get(url("/v1/auth/oidc/local/start")).send().await.unwrap();
    let back = callback(&fleet, &provider, &location(&sent), &person);
    let taken = browser.get(back).send().await.unwrap();
    assert_eq!(problem(taken, StatusCode::CONFLICT).await, "email-taken");
    let stranger = browser.get(url("/v1/auth/oidc/local/start?link=true")).send().await.unwrap();
    assert_eq!(problem(stranger, StatusCode::UNAUTHORIZED).await, "unauthenticated");

    let login = json!({"email": email, "password": PASSWORD});
    assert_eq!(
        browser.post(url("/v1/auth/login")).json(&login).send().await.unwrap().status(),
        StatusCode::OK
    );
    let sent =
        browser.get(url("/v1/auth/oidc/local/start?link=true&return_to=/settings")).send().await.unwrap();
    let linked = browser.get(callback(&fleet, &provider, &location(&sent), &person)).send().await.unwrap();
    assert_eq!(location(&linked), "/settings");

    let elsewhere = self::browser();
    let sent = elsewhere.get(url("/v1/auth/oidc/local/start")).send().await.unwrap();
    let back = callback(&fleet, &provider, &location(&sent), &person);
    assert_eq!(location(&elsewhere.get(back).send().await.unwrap()), "/");
    let me: Value = elsewhere.get(url("/v1/me")).send().await.unwrap().json().await.unwrap();
    assert_eq!(me["email"], email);

    let providers: Value =
        self::browser().get(url("/v1/auth/oidc")).send().await.unwrap().json().await.unwrap();
    assert_eq!(providers["items"], json!([{"name": "local"}]));
    let linked: Value = browser.get(url("/v1/auth/identities")).send().await.unwrap().json().await.unwrap();
    assert_eq!(
        (&linked["items"][0]["provider"], &linked["items"][0]["issuer"]),
        (&json!("local"), &json!(provider.issuer()))
    );
    let path = format!("/v1/auth/identities/{}", linked["items"][0]["id"].as_str().unwrap());
    for status in [StatusCode::NO_CONTENT, StatusCode::NOT_FOUND] {
        let unlink = browser.delete(url(&path)).header("origin", fleet.gateway());
        let unlinked = unlink.header("x-requested-with", "fetch").send().await.unwrap();
        assert_eq!(unlinked.status(), status);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_wrongly_is_refused_by_parameter() {
    let provider = OidcProvider::start().await;
    let plan = Plan { oidc_providers: Some(provider.settings()), ..Plan::default() };
    let fleet = Fleet::start(plan).await;
    let browser = browser();
    for (query, field) in
        [("return_to=//evil.example", "return_to"), ("user_id=x", "user_id"), ("link=maybe", "link")]
    {
        let url = format!("{}/v1/auth/oidc/local/start?{query}", fleet.gateway());
        let answer = browser.get(url).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert_eq!(answer.json::<Value>().await.unwrap()["errors"][0]["field"], field);
    }
    for path in ["other/start", "other/callback?state=x&code=y"] {
        let answer = browser.get(format!("{}/v1/auth/oidc/{path}", fleet.gateway())).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
    for query in ["", "?error=access_denied&state=x", "?state=x&code=y"] {
        let url = format!("{}/v1/auth/oidc/local/callback{query}", fleet.gateway());
        let answer = browser.get(url).send().await.unwrap();
        assert_eq!(problem(answer, StatusCode::UNAUTHORIZED).await, "oidc-failed", "{query}");
    }
}
