//! Clocks that disagree, and clocks that jump.

use crate::fixture;
use identity::{InvalidToken, SessionId, UserId, Verifier};
use runtime::Clock;
use time::Duration;
use uuid::Uuid;

#[tokio::test]
async fn clocks_may_differ_by_thirty_seconds_and_not_by_ninety() {
    let fixture = fixture();
    let now = fixture.clock.now();
    let (token, _) = fixture.issuer.issue(UserId(Uuid::now_v7()), SessionId(Uuid::now_v7())).unwrap();

    // A verifier whose clock is behind, at the token's first second; and one that is ahead, at its last.
    for (seconds, is_accepted) in [(-30, true), (-90, false), (300 + 30, true), (300 + 90, false)] {
        let clock = Clock::held_at(now + Duration::seconds(seconds));
        let verifier = Verifier::of_issuer(&fixture.issuer, clock).unwrap();

        assert_eq!(verifier.verify(&token).await.is_ok(), is_accepted, "{seconds} s");
    }
}

#[tokio::test]
async fn a_jump_of_the_clock_revives_no_token_and_panics_nowhere() {
    let fixture = fixture();
    let issue = || fixture.issuer.issue(UserId(Uuid::now_v7()), SessionId(Uuid::now_v7())).unwrap().0;
    let before = issue();
    fixture.verifier.verify(&before).await.unwrap();

    fixture.clock.advance(Duration::hours(1));
    assert_eq!(fixture.verifier.verify(&before).await.unwrap_err(), InvalidToken::Expired);
    let ahead = issue();
    fixture.verifier.verify(&ahead).await.unwrap();

    fixture.clock.advance(Duration::hours(-2));
    assert_eq!(fixture.verifier.verify(&issue()).await.map(|_| ()), Ok(()));
    let other = Verifier::of_issuer(&fixture.issuer, fixture.clock.clone()).unwrap();
    for token in [before, ahead] {
        assert_eq!(other.verify(&token).await.unwrap_err(), InvalidToken::Expired);
    }
}
