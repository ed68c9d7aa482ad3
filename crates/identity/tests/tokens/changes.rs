//! What was good before, and is so no longer.

use crate::{Fixture, fixture};
use identity::{InvalidToken, Keys, SessionId, UserId, Verifier};
use tokio::sync::watch;
use uuid::Uuid;

#[tokio::test]
async fn a_token_of_an_ended_session_is_refused_even_when_it_was_verified_before() {
    let fixture = fixture();
    let (ended, other) = (SessionId(Uuid::now_v7()), SessionId(Uuid::now_v7()));
    let issue = |session| fixture.issuer.issue(UserId(Uuid::now_v7()), session).unwrap().0;
    let (known, new, good) = (issue(ended), issue(ended), issue(other));
    fixture.verifier.verify(&known).await.unwrap();

    fixture.verifier.revocations().insert(ended);

    for token in [known, new] {
        assert_eq!(fixture.verifier.verify(&token).await.unwrap_err(), InvalidToken::Ended);
    }
    fixture.verifier.verify(&good).await.unwrap();
}

#[tokio::test]
async fn a_key_that_is_published_no_longer_takes_its_tokens_along_even_verified_ones() {
    let (old, new) = (fixture(), fixture());
    let (keys, followed) = watch::channel(Keys::from_jwks(&old.issuer.jwks_json()).unwrap());
    let verifier = Verifier::following(followed, old.clock.clone());
    let issue = |by: &Fixture| by.issuer.issue(UserId(Uuid::now_v7()), SessionId(Uuid::now_v7())).unwrap().0;
    let token = issue(&old);
    verifier.verify(&token).await.unwrap();

    keys.send_replace(Keys::from_jwks(&new.issuer.jwks_json()).unwrap());

    assert_eq!(verifier.verify(&token).await.unwrap_err(), InvalidToken::UnknownKey);
    verifier.verify(&issue(&new)).await.unwrap();
}
