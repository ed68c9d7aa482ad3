//! No token of the corpus is accepted, and clocks may differ by half a minute.

use identity::{Issuer, Verifier};
use runtime::Clock;
use serde_json::{Value, json};
use std::collections::HashSet;
use testing::{Forge, bad_tokens};
use time::macros::datetime;

fn parts() -> (Clock, Forge, Verifier, secrecy::SecretString) {
    let now = datetime!(2026-01-05 14:30 UTC);
    let clock = Clock::held_at(now);
    let pem = Issuer::generate_pem().unwrap();
    let issuer = Issuer::from_pem(&pem, clock.clone()).unwrap();
    let verifier = Verifier::of_issuer(&issuer, clock.clone()).unwrap();
    (clock, Forge::new(&pem, now), verifier, pem)
}

#[tokio::test]
async fn no_bad_token_is_accepted() {
    let (clock, forge, verifier, pem) = parts();
    let corpus = bad_tokens(&pem, clock.now());
    let names: HashSet<&str> = corpus.iter().map(|token| token.name.as_str()).collect();

    assert_eq!(names.len(), corpus.len(), "two tokens share a name");
    assert!(corpus.len() >= 60, "only {} tokens", corpus.len());
    let mut accepted = Vec::new();
    for token in &corpus {
        // What is not text never comes this far.
        let Ok(text) = str::from_utf8(&token.bytes) else { continue };
        // A second time as well: a refusal must not be remembered as a success.
        for _again in 0..2 {
            if verifier.verify(text).await.is_ok() {
                accepted.push(&token.name);
            }
        }
    }

    assert!(accepted.is_empty(), "accepted: {accepted:#?}");
    assert!(
        verifier.verify(&forge.sign(&forge.claims())).await.is_ok(),
        "the corpus differs in more than its names say"
    );
}

#[tokio::test]
async fn clocks_may_differ_by_half_a_minute_and_not_by_ninety_seconds() {
    let (clock, forge, verifier, _) = parts();
    let now = clock.now().unix_timestamp();
    let with = |times: [(&str, i64); 3]| {
        let mut claims = forge.claims();
        for (name, time) in times {
            claims[name] = json!(time);
        }
        claims
    };
    let rows: [(&str, Value, bool); 8] = [
        ("over for 30 s", with([("iat", now - 330), ("nbf", now - 330), ("exp", now - 30)]), true),
        ("over for 31 s", with([("iat", now - 331), ("nbf", now - 331), ("exp", now - 31)]), false),
        ("over for 90 s", with([("iat", now - 390), ("nbf", now - 390), ("exp", now - 90)]), false),
        ("begins in 30 s", with([("iat", now), ("nbf", now + 30), ("exp", now + 300)]), true),
        ("begins in 31 s", with([("iat", now), ("nbf", now + 31), ("exp", now + 300)]), false),
        ("begins in 90 s", with([("iat", now), ("nbf", now + 90), ("exp", now + 300)]), false),
        ("issued in 30 s", with([("iat", now + 30), ("nbf", now), ("exp", now + 330)]), true),
        ("issued in 90 s", with([("iat", now + 90), ("nbf", now), ("exp", now + 390)]), false),
    ];

    for (name, claims, accepted) in rows {
        assert_eq!(verifier.verify(&forge.sign(&claims)).await.is_ok(), accepted, "{name}");
    }
}
