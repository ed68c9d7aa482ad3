//! Which tokens open the door, and which do not.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod changes;
mod clocks;
mod corpus;
mod storm;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use identity::{Derived, InvalidToken, Issuer, Scope, SessionId, UserId, Verifier};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use runtime::Clock;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use time::{Duration, macros::datetime};
use uuid::Uuid;

struct Fixture {
    clock: Clock,
    issuer: Issuer,
    key: EncodingKey,
    verifier: Verifier,
}

fn fixture() -> Fixture {
    let clock = Clock::held_at(datetime!(2026-01-05 14:30 UTC));
    let pem = Issuer::generate_pem().unwrap();
    let issuer = Issuer::from_pem(&pem, clock.clone()).unwrap();
    let verifier = Verifier::of_issuer(&issuer, clock.clone()).unwrap();
    let key = EncodingKey::from_ed_pem(pem.expose_secret().as_bytes()).unwrap();
    Fixture { clock, issuer, key, verifier }
}

impl Fixture {
    fn key_id(&self) -> String {
        let jwks: Value = serde_json::from_str(&self.issuer.jwks_json()).unwrap();
        jwks["keys"][0]["kid"].as_str().unwrap().to_owned()
    }

    fn good_claims(&self) -> Value {
        let now = self.clock.now().unix_timestamp();
        json!({
            "iss": "journal-auth", "aud": "journal", "sub": Uuid::now_v7(), "sid": Uuid::now_v7(),
            "iat": now, "nbf": now, "exp": now + 300, "jti": Uuid::new_v4(),
        })
    }

    fn sign(&self, claims: &Value) -> String {
        let header = Header {
            typ: Some("at+jwt".to_owned()),
            kid: Some(self.key_id()),
            ..Header::new(Algorithm::EdDSA)
        };
        jsonwebtoken::encode(&header, claims, &self.key).unwrap()
    }
}

#[tokio::test]
async fn an_issued_token_names_its_user_and_session() {
    let fixture = fixture();
    let (user, session) = (UserId(Uuid::now_v7()), SessionId(Uuid::now_v7()));

    let (token, seconds) = fixture.issuer.issue(user, session).unwrap();
    let caller = fixture.verifier.verify(&token).await.unwrap();

    assert_eq!((caller.user_id, caller.session_id, seconds), (user, session, 300));
    assert_eq!(caller.token(), token);
}

#[tokio::test]
async fn a_derived_token_names_what_it_may_do_and_ends_with_what_it_is_derived_from() {
    let fixture = fixture();
    let (user, id, mentor) = (UserId(Uuid::now_v7()), SessionId(Uuid::now_v7()), UserId(Uuid::now_v7()));
    for (actor, seconds_left, expected) in [(None, 1_000_000, 300), (Some(mentor), 40, 40)] {
        let derived = Derived { user, id, scope: Scope::Read, actor, seconds_left };

        let (token, seconds) = fixture.issuer.derive(&derived).unwrap();
        let caller = fixture.verifier.verify(&token).await.unwrap();

        assert_eq!((caller.user_id, caller.session_id, caller.actor), (user, id, actor));
        assert_eq!((caller.scope, seconds), (Some(Scope::Read), expected));
    }
}

#[tokio::test]
async fn a_token_expires_even_when_it_was_verified_before() {
    let fixture = fixture();
    let (token, _) = fixture.issuer.issue(UserId(Uuid::now_v7()), SessionId(Uuid::now_v7())).unwrap();
    fixture.verifier.verify(&token).await.unwrap();

    fixture.clock.advance(Duration::seconds(300 + 31));

    assert_eq!(fixture.verifier.verify(&token).await.unwrap_err(), InvalidToken::Expired);
}

#[tokio::test]
async fn a_key_that_auth_does_not_publish_is_refused() {
    let (ours, theirs) = (fixture(), fixture());
    let (token, _) = theirs.issuer.issue(UserId(Uuid::now_v7()), SessionId(Uuid::now_v7())).unwrap();

    assert_eq!(ours.verifier.verify(&token).await.unwrap_err(), InvalidToken::UnknownKey);
}

#[tokio::test]
async fn a_changed_claim_breaks_the_signature() {
    let fixture = fixture();
    let token = fixture.sign(&fixture.good_claims());
    let mut parts: Vec<&str> = token.split('.').collect();
    let other = URL_SAFE_NO_PAD.encode(fixture.good_claims().to_string());
    parts[1] = &other;

    assert_eq!(fixture.verifier.verify(&parts.join(".")).await.unwrap_err(), InvalidToken::Forged);
}

#[tokio::test]
async fn the_token_never_chooses_its_algorithm() {
    let fixture = fixture();
    let claims = fixture.good_claims();
    let kid = fixture.key_id();
    let public = fixture.issuer.jwks_json();
    let hs256 =
        Header { typ: Some("at+jwt".to_owned()), kid: Some(kid.clone()), ..Header::new(Algorithm::HS256) };
    let confused =
        jsonwebtoken::encode(&hs256, &claims, &EncodingKey::from_secret(public.as_bytes())).unwrap();
    let none = format!(
        "{}.{}.",
        URL_SAFE_NO_PAD.encode(json!({"alg": "none", "typ": "at+jwt", "kid": kid}).to_string()),
        URL_SAFE_NO_PAD.encode(claims.to_string())
    );

    for token in [confused, none] {
        assert!(fixture.verifier.verify(&token).await.is_err(), "{token}");
    }
}

#[tokio::test]
async fn missing_mistyped_and_foreign_claims_are_refused() {
    let fixture = fixture();
    let now = fixture.clock.now().unix_timestamp();
    let broken: [(&str, Option<Value>); 14] = [
        ("exp", None),
        ("exp", Some(json!("9999999999"))),
        ("exp", Some(json!(i128::MAX.to_string()))),
        ("exp", Some(json!(now - 31))),
        ("iat", None),
        ("iat", Some(json!(now + 90))),
        ("sub", None),
        ("sub", Some(json!("../admin"))),
        ("sid", None),
        ("jti", None),
        ("iss", Some(json!("someone-else"))),
        ("iss", None),
        ("aud", Some(json!("another-service"))),
        ("aud", Some(json!(["journal", "another-service"]))),
    ];

    for (claim, value) in broken {
        let mut claims = fixture.good_claims();
        match value.clone() {
            Some(value) => claims[claim] = value,
            None => drop(claims.as_object_mut().unwrap().remove(claim)),
        }
        let token = fixture.sign(&claims);

        assert!(fixture.verifier.verify(&token).await.is_err(), "{claim} = {value:?} was accepted");
    }
    assert!(fixture.verifier.verify(&fixture.sign(&fixture.good_claims())).await.is_ok());
}

#[tokio::test]
async fn a_token_of_another_kind_is_refused() {
    let fixture = fixture();
    for kind in [None, Some("JWT"), Some("refresh+jwt")] {
        let header = Header {
            typ: kind.map(str::to_owned),
            kid: Some(fixture.key_id()),
            ..Header::new(Algorithm::EdDSA)
        };
        let token = jsonwebtoken::encode(&header, &fixture.good_claims(), &fixture.key).unwrap();

        assert_eq!(fixture.verifier.verify(&token).await.unwrap_err(), InvalidToken::Malformed, "{kind:?}");
    }
}

#[tokio::test]
async fn garbage_is_refused_without_a_panic() {
    let fixture = fixture();
    let long = "a".repeat(10_000);
    for garbage in ["", ".", "..", "a.b.c", "\u{0}", "eyJ.eyJ.sig", &long] {
        assert!(fixture.verifier.verify(garbage).await.is_err(), "{garbage:.20}");
    }
}
