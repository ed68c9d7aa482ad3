//! Signing in with an account elsewhere, at a provider that is honest or in one way not.

mod hostile;
mod linking;

use crate::support::{Auth, auth, config, reason_of, serve};
use journal_proto::auth::v1::{
    FinishOidcRequest, FinishOidcResponse, StartOidcRequest, StartOidcResponse, UserRegistered,
    oidc_service_client::OidcServiceClient,
};
use runtime::grpc::Link;
use std::collections::HashMap;
use testing::{OidcProvider, Person, Running};
use tonic::{Code, Status};

/// A provider, and an instance of auth that knows it.
struct World {
    auth: Auth,
    provider: OidcProvider,
    channel: Link,
    _running: Running,
}

fn person(email: &str) -> Person {
    Person { subject: format!("subject of {email}"), email: Some(email.to_owned()), email_verified: true }
}

async fn world() -> World {
    let (auth, provider) = (auth().await, OidcProvider::start().await);
    let oidc_providers = provider.settings().into();
    let (running, channel) =
        serve(auth::Config { oidc_providers, ..config(&auth.database, &auth.pem) }).await;
    World { auth, provider, channel, _running: running }
}

fn refused<T: std::fmt::Debug>(outcome: Result<T, Status>) -> String {
    reason_of(&outcome.unwrap_err(), Code::Unauthenticated)
}

impl World {
    fn client(&self) -> OidcServiceClient<Link> {
        OidcServiceClient::new(self.channel.clone())
    }

    async fn start(&self, return_to: &str) -> Result<StartOidcResponse, Status> {
        let request = StartOidcRequest { provider: "local".to_owned(), return_to: return_to.to_owned() };
        Ok(self.client().start_oidc(request).await?.into_inner())
    }

    async fn start_link(&self, access_token: &str) -> Result<StartOidcResponse, Status> {
        let request = StartOidcRequest { provider: "local".to_owned(), return_to: "/settings".to_owned() };
        let request = testing::with_bearer(request, access_token);
        Ok(self.client().start_oidc_link(request).await?.into_inner())
    }

    /// What a browser comes back with after this person has signed in.
    fn brought(&self, begun: &StartOidcResponse, person: &Person) -> FinishOidcRequest {
        let mut brought: HashMap<_, _> = self.provider.consent(&begun.authorization_url, person);
        let mut take = |name: &str| brought.remove(name).unwrap();
        FinishOidcRequest {
            provider: "local".to_owned(),
            state: take("state"),
            code: take("code"),
            browser_secret: begun.browser_secret.clone(),
            issuer: take("iss"),
            device_name: "Firefox on Linux".to_owned(),
            ip_address: "192.0.2.7".to_owned(),
            device_token: String::new(),
        }
    }

    async fn finish(&self, request: FinishOidcRequest) -> Result<FinishOidcResponse, Status> {
        Ok(self.client().finish_oidc(request).await?.into_inner())
    }

    async fn sign_in(&self, person: &Person) -> Result<FinishOidcResponse, Status> {
        let begun = self.start("/trades").await?;
        self.finish(self.brought(&begun, person)).await
    }

    async fn users(&self) -> i64 {
        sqlx::query_scalar("SELECT count(*) FROM users").fetch_one(&self.auth.owner).await.unwrap()
    }
}

#[tokio::test]
async fn who_comes_for_the_first_time_is_registered_and_later_signed_in() {
    let world = world().await;

    let first = world.sign_in(&person("Ada@example.com")).await.unwrap();
    let again = world.sign_in(&Person { email: None, ..person("Ada@example.com") }).await.unwrap();

    assert_eq!(first.return_to, "/trades");
    let (first, again) = (first.login.unwrap(), again.login.unwrap());
    let user = first.user.unwrap();
    assert_eq!((user.email.as_str(), user.display_name.as_str()), ("ada@example.com", "Ada"));
    assert!(user.email_verified);
    assert_eq!(again.user.unwrap(), user);
    let (first, again) = (first.tokens.unwrap(), again.tokens.unwrap());
    assert_ne!(first.session_id, again.session_id);
    assert_eq!(world.auth.me(&again.access_token).await.unwrap(), user);
    let told: Vec<UserRegistered> = world.auth.told().await;
    assert_eq!(told.iter().map(|event| event.user_id.as_str()).collect::<Vec<_>>(), [user.id.as_str()]);
    assert_eq!(world.users().await, 1);
}

#[tokio::test]
async fn nobody_knows_the_password_of_who_came_from_a_provider() {
    let world = world().await;
    world.sign_in(&person("ada@example.com")).await.unwrap();

    for password in ["", "password", crate::support::PASSWORD] {
        let request = journal_proto::auth::v1::LoginRequest {
            password: password.to_owned(),
            ..crate::support::login_of("ada@example.com")
        };
        assert_eq!(refused(world.auth.answer_to(request).await), "invalid-credentials");
    }
}

#[tokio::test]
async fn an_address_that_is_taken_or_not_vouched_for_makes_no_user_and_no_link() {
    let world = world().await;
    world.auth.register("ada@example.com").await;

    let taken = world.sign_in(&person("ada@example.com")).await.unwrap_err();
    assert_eq!(reason_of(&taken, Code::AlreadyExists), "email-taken");
    for email in [Some("grace@example.com"), Some("no address"), None] {
        let person =
            Person { email: email.map(str::to_owned), email_verified: false, ..person("grace@example.com") };
        let refused = world.sign_in(&person).await.unwrap_err();
        assert_eq!(reason_of(&refused, Code::PermissionDenied), "oidc-email-not-verified");
    }
    let garbled = Person { email: Some("no address".to_owned()), ..person("grace@example.com") };
    let refused = world.sign_in(&garbled).await.unwrap_err();
    assert_eq!(reason_of(&refused, Code::PermissionDenied), "oidc-email-not-verified");

    assert_eq!(world.users().await, 1);
    let linked: i64 = sqlx::query_scalar("SELECT count(*) FROM oidc_identities")
        .fetch_one(&world.auth.database.every_row)
        .await
        .unwrap();
    assert_eq!(linked, 0);
}

#[tokio::test]
async fn a_provider_that_is_not_set_up_is_not_found_and_a_browser_goes_to_our_pages_only() {
    let world = world().await;
    let unknown = StartOidcRequest { provider: "other".to_owned(), return_to: String::new() };
    assert_eq!(world.client().start_oidc(unknown).await.unwrap_err().code(), Code::NotFound);

    for return_to in ["//evil.example", "https://evil.example", "/\\evil.example", "\0"] {
        let refused = world.start(return_to).await.unwrap_err();
        assert_eq!(crate::support::field_of(&refused), "return_to");
    }
    assert_eq!(world.start("").await.unwrap().expires_in, 600);
}
