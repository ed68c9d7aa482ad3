//! Bodies that never come, of people whom the gateway lets send them: nobody else waits for these.

use crate::{
    fleet::{Fleet, Plan, budgets, bulkheads},
    raw::{self, Answer},
    user::User,
};
use gateway::Bulkheads;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;
use testing::eventually;
use tokio::{io::AsyncWriteExt as _, net::TcpStream, task::JoinSet};

/// How long a body may take in these tests.
const BODY_TIME: Duration = Duration::from_secs(6);

/// A gateway in which two requests of each kind are too many, and four files.
async fn narrow_fleet() -> Fleet {
    let room = "2/2/300".parse().unwrap();
    let bulkheads = Bulkheads {
        bulkhead_sign_in: room,
        bulkhead_records: room,
        bulkhead_files: "4/4/300".parse().unwrap(),
        ..bulkheads()
    };
    Fleet::start(Plan { bulkheads, budgets: budgets(BODY_TIME), ..Plan::default() }).await
}

/// The head of a request, and the first bytes of a body that should have `length`.
async fn begin(
    fleet: &Fleet,
    path: &str,
    sender: Option<&User>,
    (kind, length): (&str, usize),
    first: &[u8],
) -> TcpStream {
    let mut stream = raw::connect(fleet.gateway()).await;
    let token =
        sender.map(|user| format!("Authorization: Bearer {}\r\n", user.access_token)).unwrap_or_default();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: journal\r\n{token}Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n"
    );
    stream.write_all(&[head.as_bytes(), first].concat()).await.unwrap();
    stream
}

/// How often each status was the answer.
async fn statuses(streams: Vec<TcpStream>) -> Vec<(u16, usize)> {
    let mut answers: JoinSet<Answer> = JoinSet::new();
    for mut stream in streams {
        answers.spawn(async move { raw::read(&mut stream).await.unwrap() });
    }
    let mut counts = std::collections::BTreeMap::new();
    for answer in answers.join_all().await {
        answer.assert_refusal("a body that does not come");
        *counts.entry(answer.status).or_insert(0) += 1;
    }
    counts.into_iter().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_does_not_come_takes_nobodys_place() {
    let fleet = narrow_fleet().await;
    let (user, slow) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);
    let mut streams = Vec::new();
    for _ in 0..6 {
        let json = ("application/json", 100);
        streams.push(begin(&fleet, "/v1/accounts", Some(&slow), json, b"{").await);
        for path in ["/v1/auth/login", "/v1/auth/refresh", "/v1/auth/password/forgot", "/v1/me/deletion/undo"]
        {
            streams.push(begin(&fleet, path, None, json, b"{").await);
        }
        streams.push(begin(&fleet, "/v1/auth/password/change", Some(&slow), json, b"{").await);
    }
    // They are there, and nobody has given up on them: the slow one himself is not kept waiting either.
    tokio::time::sleep(Duration::from_millis(200)).await;

    for somebody in [&user, &slow] {
        somebody.create_account("Main").await;
        somebody.get("/v1/accounts").await;
        User::sign_in(fleet.gateway(), &somebody.email).await;
    }

    assert_eq!(statuses(streams).await, [(408, 36)]);
    assert_eq!(slow.get("/v1/accounts").await["items"].as_array().unwrap().len(), 1);
}

/// Eight bodies, of each of which the last byte does not come.
async fn a_share_but_for_eight_bytes(fleet: &Fleet, sender: &User) -> Vec<TcpStream> {
    let length = 1 << 20;
    let mut streams = Vec::new();
    for _ in 0..8 {
        let (json, first) = (("application/json", length), vec![b' '; length - 1]);
        streams.push(begin(fleet, "/v1/accounts", Some(sender), json, &first).await);
    }
    streams
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_fills_the_memory_for_bodies_and_others_have_theirs() {
    let fleet = narrow_fleet().await;
    let user = User::new(fleet.gateway()).await;
    // A question that comes before all of them are here takes the place of the last one: then another one begins, as these may still be here.
    let mut pause = Duration::from_millis(500);
    let (greedy, streams, refused) = loop {
        let greedy = User::new(fleet.gateway()).await;
        let streams = a_share_but_for_eight_bytes(&fleet, &greedy).await;
        tokio::time::sleep(pause).await;
        let answer = greedy.send(Method::POST, "/v1/accounts", Some(json!({"name": "nothing else"}))).await;
        if answer.status() != StatusCode::UNPROCESSABLE_ENTITY {
            break (greedy, streams, answer);
        }
        pause *= 2;
        assert!(pause < BODY_TIME, "a body that is one too many is taken");
    };
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    let problem: Value = refused.json().await.unwrap();
    assert_eq!(problem["type"], "urn:journal:problem:too-much-at-once", "{problem}");

    user.create_account("Main").await;
    let note = json!({"notes": "x".repeat(10_000)});
    let written = user.send(Method::PUT, "/v1/journal/2026-01-05", Some(note)).await;
    assert_eq!(written.status(), StatusCode::OK);

    assert_eq!(statuses(streams).await, [(408, 8)]);
    greedy.create_account("Main").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_files_of_one_leave_half_of_their_room_to_others() {
    let fleet = narrow_fleet().await;
    let (user, slow) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);
    let account = slow.create_account("Main").await;
    let form = format!(
        "--x\r\nContent-Disposition: form-data; name=\"account_id\"\r\n\r\n{account}\r\n--x\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\ntimestamp,symbol\r\n"
    );
    let kind = ("multipart/form-data; boundary=x", 100_000);
    let mut streams = Vec::new();
    for _ in 0..2 {
        streams.push(begin(&fleet, "/v1/imports", Some(&slow), kind, form.as_bytes()).await);
    }

    let third = eventually("the room to be half full", async || {
        let third = slow.upload(&account, "b.csv", crate::user::round_trips(1, "101")).await;
        (third.status() == StatusCode::TOO_MANY_REQUESTS).then_some(third)
    })
    .await;
    assert_eq!(third.headers()["retry-after"], "1");
    let problem: Value = third.json().await.unwrap();
    assert_eq!(problem["type"], "urn:journal:problem:too-much-at-once", "{problem}");
    let main = user.create_account("Main").await;
    assert_eq!(user.import(&main, "a.csv", crate::user::round_trips(1, "101")).await["status"], "completed");

    drop(streams);
    slow.import(&account, "b.csv", crate::user::round_trips(1, "101")).await;
}
