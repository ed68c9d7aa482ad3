//! The corpus of bad access tokens at the public door.

use crate::{
    fleet::{Fleet, Plan},
    raw,
    user::User,
};
use runtime::Clock;
use testing::{Forge, bad_tokens};

async fn status(gateway: &str, authorization: &[u8]) -> u16 {
    let head = b"GET /v1/accounts HTTP/1.1\r\nHost: journal\r\nConnection: close\r\nAuthorization: ";
    let answer = raw::ask(gateway, &[head, authorization, b"\r\n\r\n"].concat()).await.unwrap();
    if answer.status != 200 {
        answer.assert_refusal(&String::from_utf8_lossy(&authorization[..authorization.len().min(80)]));
    }
    answer.status
}

#[tokio::test(flavor = "multi_thread")]
async fn no_bad_token_opens_the_door() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let now = Clock::system().now();
    let mut accepted = Vec::new();

    for token in bad_tokens(&fleet.signing_key, now) {
        let authorization = [b"Bearer ", token.bytes.as_slice()].concat();
        if status(fleet.gateway(), &authorization).await == 200 {
            accepted.push(token.name);
        }
    }
    for (name, authorization) in [
        ("the refresh token", format!("Bearer {}", user.refresh_token)),
        ("no scheme", user.access_token.clone()),
        ("another scheme", format!("Basic {}", user.access_token)),
        ("the scheme alone", "Bearer".to_owned()),
        ("two spaces", format!("Bearer  {}", user.access_token)),
        ("a tab", format!("Bearer\t{}", user.access_token)),
        ("two schemes", format!("Bearer Bearer {}", user.access_token)),
        ("two headers", format!("Bearer {0}\r\nAuthorization: Bearer {0}", user.access_token)),
        (
            "two headers, the second one bad",
            format!("Bearer {}\r\nAuthorization: Bearer x", user.access_token),
        ),
    ] {
        if status(fleet.gateway(), authorization.as_bytes()).await == 200 {
            accepted.push(name.to_owned());
        }
    }

    assert!(accepted.is_empty(), "accepted: {accepted:#?}");
    // What the corpus spoils is good otherwise.
    let forge = Forge::new(&fleet.signing_key, now);
    let good = format!("Bearer {}", forge.sign(&forge.claims()));
    assert_eq!(status(fleet.gateway(), good.as_bytes()).await, 200);
    assert_eq!(status(fleet.gateway(), format!("bearer {}", user.access_token).as_bytes()).await, 200);
}
