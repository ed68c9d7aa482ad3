//! Many slow and silent clients at once, of every kind: each is hung up on, and whoever is not slow notices nothing.

use crate::{
    fleet::{Fleet, Plan, connections},
    raw,
    user::User,
};
use gateway::Connections;
use reqwest::{Method, StatusCode};
use std::{num::NonZeroU32, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    task::JoinSet,
    time::Instant,
};

/// How a client is slow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Slow {
    Silent,
    Header,
    Body,
    Reader,
    /// Streams of HTTP/2 whose bodies never come.
    IdleStreams,
}

const KINDS: [Slow; 5] = [Slow::Silent, Slow::Header, Slow::Body, Slow::Reader, Slow::IdleStreams];

/// How many, for how long, and how patient the gateway is with them.
struct Crowd {
    clients: usize,
    lasting: Duration,
    /// Between two bytes of a header.
    pace: Duration,
    connections: Connections,
}

impl Crowd {
    fn short() -> Self {
        let connections = Connections {
            // These hold for whoever notices nothing as well: on a busy machine he, too, rests between two requests.
            header_time: Duration::from_secs(1),
            idle_time: Duration::from_secs(4),
            patience: Duration::from_secs(1),
            ..roomy()
        };
        Self { clients: 100, lasting: Duration::from_secs(2), pace: Duration::from_millis(100), connections }
    }

    /// As promised: 2,000 of them for five minutes.
    fn long() -> Self {
        let (lasting, pace) = (Duration::from_mins(5), Duration::from_secs(10));
        Self { clients: 2_000, lasting, pace, connections: roomy() }
    }
}

/// As in production, but that all come from one address.
fn roomy() -> Connections {
    let room = NonZeroU32::new(4_000).unwrap();
    Connections { max_connections: room, max_connections_per_address: room, ..connections() }
}

/// One connection of a slow client, until the gateway ends it.
async fn linger(kind: Slow, gateway: &str, token: &str, pace: Duration) {
    let mut stream = raw::connect(gateway).await;
    match kind {
        Slow::Silent => until_closed(stream).await,
        Slow::Header => {
            let head = format!("GET /health HTTP/1.1\r\nX-A: {}", "a".repeat(10_000));
            drip(stream, head.as_bytes(), pace).await;
        }
        Slow::Body => {
            let head = format!(
                "POST /v1/accounts HTTP/1.1\r\nHost: j\r\nAuthorization: Bearer {token}\r\n\
                 Content-Type: application/json\r\nContent-Length: 10000\r\n\r\n"
            );
            stream.write_all(head.as_bytes()).await.unwrap();
            drip(stream, &[b' '; 10_000], pace).await;
        }
        Slow::Reader => {
            let request = "GET /v1/openapi.json HTTP/1.1\r\nHost: j\r\n\r\n";
            while stream.write_all(request.as_bytes()).await.is_ok() {}
        }
        Slow::IdleStreams => {
            stream.write_all(&idle_streams()).await.unwrap();
            until_closed(stream).await;
        }
    }
}

/// Sends a byte at a time until the connection is closed.
async fn drip(stream: TcpStream, bytes: &[u8], pace: Duration) {
    let (reader, mut writer) = stream.into_split();
    let sending = async {
        for byte in bytes {
            tokio::time::sleep(pace).await;
            if writer.write_all(&[*byte]).await.is_err() {
                return;
            }
        }
    };
    tokio::select! {
        () = until_closed(reader) => {}
        () = sending => {}
    }
}

async fn until_closed(mut reader: impl tokio::io::AsyncRead + Unpin) {
    let mut answer = [0; 4096];
    while reader.read(&mut answer).await.is_ok_and(|bytes| bytes > 0) {}
}

/// The preface of HTTP/2 (RFC 9113, 3.4), empty settings, and fifty requests without an end.
fn idle_streams() -> Vec<u8> {
    let mut bytes = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
    bytes.extend([0, 0, 0, 4, 0, 0, 0, 0, 0]);
    // POST and http of HPACK's static table (RFC 7541, A), then :path and :authority as literals.
    let mut head = vec![0x83, 0x86, 0x04, 12];
    head.extend(b"/v1/accounts");
    head.extend([0x01, 1, b'j']);
    for stream in (1..100_u8).step_by(2) {
        // HEADERS with END_HEADERS and without END_STREAM.
        bytes.extend([0, 0, u8::try_from(head.len()).unwrap(), 1, 4, 0, 0, 0, stream]);
        bytes.extend(&head);
    }
    bytes
}

/// How long each of some requests took, the slowest last.
async fn measure(user: &User, requests: usize) -> Vec<Duration> {
    let mut times = Vec::new();
    for _ in 0..requests {
        let started = Instant::now();
        let answer = user.send(Method::GET, "/v1/accounts", None).await;
        let (status, took) = (answer.status(), started.elapsed());
        assert_eq!(status, StatusCode::OK, "after {took:?}: {}", answer.text().await.unwrap());
        times.push(took);
    }
    times.sort();
    times
}

fn p99(times: &[Duration]) -> Duration {
    times[times.len() * 99 / 100]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_of_slow_clients_is_hung_up_on_and_others_notice_nothing() {
    let crowd = if testing::long_form() { Crowd::long() } else { Crowd::short() };
    let fleet = Fleet::start(Plan { connections: crowd.connections.clone(), ..Plan::default() }).await;
    let user = User::new(fleet.gateway()).await;
    let baseline = measure(&user, 200).await;
    let end = Instant::now() + crowd.lasting;
    let mut clients = JoinSet::new();
    for n in 0..crowd.clients {
        let (gateway, token) = (fleet.gateway().to_owned(), user.access_token.clone());
        let (kind, pace) = (KINDS[n % KINDS.len()], crowd.pace);
        clients.spawn(async move {
            let (mut times, mut longest) = (0, Duration::ZERO);
            while Instant::now() < end {
                let started = Instant::now();
                linger(kind, &gateway, &token, pace).await;
                (times, longest) = (times + 1, longest.max(started.elapsed()));
            }
            (kind, times, longest)
        });
    }

    let mut among = Vec::new();
    while Instant::now() < end {
        among.extend(measure(&user, 50).await);
    }

    among.sort();
    let mut hung_up = std::collections::HashMap::<Slow, (u32, Duration)>::new();
    while let Some(client) = clients.join_next().await {
        let (kind, times, longest) = client.unwrap();
        let sum = hung_up.entry(kind).or_default();
        *sum = (sum.0 + times, sum.1.max(longest));
    }
    println!("connections hung up on, and the longest: {hung_up:?}");
    println!("p99 of {} requests: {:?}, before {:?}", among.len(), p99(&among), p99(&baseline));
    assert_eq!(hung_up.len(), KINDS.len());
    user.create_account("Afterwards").await;
}
