//! Clients that open connections and are silent, slow or many: they lose theirs, others notice nothing.

use crate::{
    fleet::{Fleet, Plan, connections},
    raw,
    user::User,
};
use gateway::Connections;
use reqwest::{Client, Method, StatusCode};
use serde_json::json;
use std::{io, num::NonZeroU32, time::Duration};
use testing::eventually;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// Times that a test can wait for.
fn impatient() -> Connections {
    Connections {
        header_time: Duration::from_millis(300),
        idle_time: Duration::from_millis(600),
        patience: Duration::from_millis(300),
        ..connections()
    }
}

async fn impatient_fleet() -> Fleet {
    Fleet::start(Plan { connections: impatient(), ..Plan::default() }).await
}

/// Sends a byte of `bytes` at a time until the gateway closes the connection; true when it did before the last one.
async fn drip(stream: TcpStream, bytes: &[u8]) -> bool {
    let (mut reader, mut writer) = stream.into_split();
    let mut pace = tokio::time::interval(Duration::from_millis(20));
    let mut answer = [0; 1024];
    for byte in bytes {
        tokio::select! {
            read = reader.read(&mut answer) => match read {
                Ok(1..) => continue,
                Ok(0) | Err(_) => return true,
            },
            _ = pace.tick() => {}
        }
        if writer.write_all(&[*byte]).await.is_err() {
            return true;
        }
    }
    false
}

async fn assert_healthy(fleet: &Fleet) {
    let answer = Client::new().get(format!("{}/health", fleet.gateway())).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_never_says_what_he_wants_is_hung_up_on() {
    let fleet = impatient_fleet().await;
    let user = User::new(fleet.gateway()).await;
    let mut silent = Vec::new();
    for opening in [
        "",
        "G",
        "GET /health HTTP/1.1\r\n",
        "GET /health HTTP/1.1\r\nHost: journal\r\nX-A: ",
        "PRI * HTT",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        for _ in 0..20 {
            let mut stream = raw::connect(fleet.gateway()).await;
            stream.write_all(opening.as_bytes()).await.unwrap();
            silent.push((opening, stream));
        }
    }

    assert_healthy(&fleet).await;
    for (opening, stream) in &mut silent {
        assert!(raw::read(stream).await.is_none(), "{opening:?} got an answer");
    }
    user.get("/v1/accounts").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sends_headers_byte_by_byte_is_hung_up_on_at_the_first_and_at_later_requests() {
    let fleet = impatient_fleet().await;
    let endless = "a".repeat(10_000);

    let first = raw::connect(fleet.gateway()).await;
    assert!(drip(first, format!("GET /health HTTP/1.1\r\nX-A: {endless}").as_bytes()).await);

    let mut second = raw::connect(fleet.gateway()).await;
    second.write_all(b"GET /health HTTP/1.1\r\nHost: journal\r\n\r\n").await.unwrap();
    let mut answered = [0; 12];
    second.read_exact(&mut answered).await.unwrap();
    assert_eq!(&answered, b"HTTP/1.1 200");
    assert!(drip(second, format!("GET /health HTTP/1.1\r\nX-A: {endless}").as_bytes()).await);
    assert_healthy(&fleet).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_stops_or_trickles_ends_in_408_and_leaves_nothing() {
    let fleet = impatient_fleet().await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    let form =
        format!("--x\r\nContent-Disposition: form-data; name=\"account_id\"\r\n\r\n{account}\r\n--x\r\n");
    let file = format!(
        "{form}Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\ntimestamp,symbol\r\n"
    );
    for (path, kind, body) in [
        ("/v1/accounts", "application/json", "{\"name\":"),
        ("/v1/imports", "multipart/form-data; boundary=x", &form),
        ("/v1/imports", "multipart/form-data; boundary=x", &file),
        ("/v1/imports/preview", "multipart/form-data; boundary=x", &file),
    ] {
        let mut stream = raw::connect(fleet.gateway()).await;
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: journal\r\nAuthorization: Bearer {}\r\nContent-Type: {kind}\r\n\
             Content-Length: 100000\r\n\r\n{body}",
            user.access_token
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let answer = raw::read(&mut stream).await.unwrap();

        answer.assert_refusal(path);
        assert_eq!(answer.status, 408, "{path}: {}", String::from_utf8_lossy(&answer.body));

        let trickling = raw::connect(fleet.gateway()).await;
        trickling.writable().await.unwrap();
        let mut trickling = trickling;
        trickling.write_all(head.as_bytes()).await.unwrap();
        assert!(drip(trickling, &b"a".repeat(10_000)).await, "{path}");
    }
    let names: Vec<_> = user.get("/v1/accounts").await["items"].as_array().unwrap().clone();
    assert_eq!((names.len(), user.get("/v1/imports").await["items"].clone()), (1, json!([])));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_take_his_answers_is_hung_up_on() {
    let fleet = impatient_fleet().await;
    let mut greedy = raw::connect(fleet.gateway()).await;

    // Some megabytes more than any socket holds.
    let request = "GET /v1/openapi.json HTTP/1.1\r\nHost: journal\r\n\r\n";
    let _ = greedy.write_all(request.repeat(400).as_bytes()).await;

    eventually("the gateway to hang up", async || {
        let refused = |error: io::Error| error.kind() != io::ErrorKind::WouldBlock;
        greedy.try_write(request.as_bytes()).is_err_and(refused).then_some(())
    })
    .await;
    assert_healthy(&fleet).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_connection_is_closed_and_a_live_stream_is_not() {
    let fleet = impatient_fleet().await;
    let user = User::new(fleet.gateway()).await;
    let mut live = user.live("").await;
    live.next().await.unwrap();
    for _ in 0..2 {
        let mut idle = raw::connect(fleet.gateway()).await;
        idle.write_all(b"GET /health HTTP/1.1\r\nHost: journal\r\n\r\n").await.unwrap();

        // The answer, then the end: nobody asked for it.
        assert_eq!(raw::read(&mut idle).await.unwrap().status, 200);
    }

    let session = user.get("/v1/auth/sessions").await["items"][0]["id"].as_str().unwrap().to_owned();
    user.send(Method::DELETE, &format!("/v1/auth/sessions/{session}"), None).await;
    assert_eq!(live.closed().await, 4401);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_has_its_share_of_connections_and_all_have_theirs() {
    let few = |all: u32, of_one: u32| Connections {
        max_connections: NonZeroU32::new(all).unwrap(),
        max_connections_per_address: NonZeroU32::new(of_one).unwrap(),
        ..connections()
    };
    for (connections, status, kind) in [
        (few(100, 8), 429, "urn:journal:problem:too-many-connections"),
        (few(8, 100), 503, "urn:journal:problem:overloaded"),
    ] {
        let fleet = Fleet::start(Plan { connections, ..Plan::default() }).await;
        let mut open = Vec::new();
        let refusal = eventually("a refusal", async || {
            let stream = raw::connect(fleet.gateway()).await;
            let mut first = [0; 1];
            // Whoever has a place is asked what he wants, and says nothing.
            match stream.try_read(&mut first) {
                Err(_) if open.len() < 20 => {
                    open.push(stream);
                    None
                }
                _ => {
                    let answer = raw::ask(
                        fleet.gateway(),
                        b"GET /health HTTP/1.1\r\nHost: j\r\nConnection: close\r\n\r\n",
                    )
                    .await;
                    answer.filter(|answer| answer.status != 200)
                }
            }
        })
        .await;

        assert_eq!(refusal.status, status);
        assert_eq!(refusal.headers["retry-after"], "1");
        assert!(refusal.headers.contains_key("strict-transport-security"));
        assert!(String::from_utf8(refusal.body).unwrap().contains(kind));
        drop(open);
        eventually("room again", async || {
            let answer = reqwest::get(format!("{}/health", fleet.gateway())).await.ok()?;
            (answer.status() == StatusCode::OK).then_some(())
        })
        .await;
    }
}

/// Begins a connection of HTTP/2 that takes so many bytes of an answer's body, and asks for a path on it so many times.
async fn taking(window: u32, gateway: &str, path: &str, requests: u32) -> TcpStream {
    let mut stream = raw::connect(gateway).await;
    let mut bytes = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
    // SETTINGS: INITIAL_WINDOW_SIZE.
    bytes.extend([0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 4]);
    bytes.extend(window.to_be_bytes());
    let length = u8::try_from(path.len()).unwrap();
    let head = [&[0x82, 0x86, 0x04, length], path.as_bytes(), &[0x01, 7], b"journal"].concat();
    for request in 0..requests {
        bytes.extend([0, 0, u8::try_from(head.len()).unwrap(), 1, 5]);
        bytes.extend((2 * request + 1).to_be_bytes());
        bytes.extend(&head);
    }
    stream.write_all(&bytes).await.unwrap();
    stream
}

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_no_answer_over_http_2_is_hung_up_on() {
    // Only who takes nothing is meant: the connection would be idle for longer than the test has time.
    let connections = Connections {
        idle_time: Duration::from_mins(10),
        min_bytes_per_second: NonZeroU32::new(16 * 1024).unwrap(),
        ..impatient()
    };
    let fleet = Fleet::start(Plan { connections, ..Plan::default() }).await;
    let mut greedy = Vec::new();
    for _ in 0..5 {
        for (window, path) in
            [(0, "/health"), (0, "/v1/openapi.json"), (1, "/v1/openapi.json"), (100_000, "/v1/openapi.json")]
        {
            greedy.push(taking(window, fleet.gateway(), path, 50).await);
        }
    }

    assert_healthy(&fleet).await;
    for stream in &mut greedy {
        let mut answers = Vec::new();
        // A ping that is not answered would end it as well, after twenty.
        let closed = tokio::time::timeout(Duration::from_secs(15), stream.read_to_end(&mut answers)).await;
        assert!(closed.is_ok(), "the connection was kept for fifteen seconds");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_another_protocol_that_there_is_not_may_be_no_slower() {
    let fleet = impatient_fleet().await;
    let mut stream = raw::connect(fleet.gateway()).await;
    let asked = "GET /health HTTP/1.1\r\nHost: journal\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n";
    stream.write_all(asked.as_bytes()).await.unwrap();
    let mut answered = [0; 12];
    stream.read_exact(&mut answered).await.unwrap();
    assert_eq!(&answered, b"HTTP/1.1 200");

    assert!(drip(stream, format!("GET /health HTTP/1.1\r\nX-A: {}", "a".repeat(10_000)).as_bytes()).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_live_stream_is_a_connection_of_its_address() {
    let connections =
        Connections { max_connections_per_address: NonZeroU32::new(8).unwrap(), ..connections() };
    let fleet = Fleet::start(Plan { connections, ..Plan::default() }).await;
    let user = User::new(fleet.gateway()).await;
    let mut open = Vec::new();
    let refused = loop {
        let mut stream = raw::connect(fleet.gateway()).await;
        let asked = format!(
            "GET /v1/stream HTTP/1.1\r\nHost: journal\r\nAuthorization: Bearer {}\r\nConnection: Upgrade\r\n\
             Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            user.access_token
        );
        let _ = stream.write_all(asked.as_bytes()).await;
        let mut status = [0; 12];
        stream.read_exact(&mut status).await.unwrap();
        if &status != b"HTTP/1.1 101" {
            break status;
        }
        open.push(stream);
        assert!(open.len() <= 8, "nobody counts the sockets");
    };

    assert_eq!(&refused, b"HTTP/1.1 429");
    drop(open);
    eventually("places of those who left", async || {
        let answer = Client::new().get(format!("{}/health", fleet.gateway())).send().await.ok()?;
        answer.status().is_success().then_some(())
    })
    .await;
}
