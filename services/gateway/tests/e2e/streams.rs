//! Live messages for those who read too slowly, and for those who read server-sent events.

use crate::{
    fleet::{Fleet, Plan},
    user::{Live, User, round_trips},
};
use reqwest::{Method, Response, StatusCode};
use runtime::Clock;
use serde_json::{Value, json};
use testing::{Forge, eventually};
use uuid::Uuid;

/// An open stream of server-sent events.
struct Events {
    answer: Response,
    read: String,
}

/// One of them.
#[derive(Debug)]
struct Event {
    id: Option<u64>,
    name: Option<String>,
    data: Value,
}

impl Events {
    async fn open(user: &User, query: &str, last_event: Option<u64>) -> Self {
        let request = user.client.get(format!("{}/v1/stream/sse{query}", user.gateway));
        let request = request.bearer_auth(&user.access_token).header("accept-encoding", "gzip, br, zstd");
        let request = last_event
            .into_iter()
            .fold(request, |request, id| request.header("last-event-id", id.to_string()));
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        for (name, value) in
            [("content-type", Some("text/event-stream")), ("content-encoding", None), ("etag", None)]
        {
            assert_eq!(answer.headers().get(name).map(|value| value.to_str().unwrap()), value, "{name}");
        }
        Self { answer, read: String::new() }
    }

    /// The next event; `None`: the stream has ended.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some((event, rest)) = self.read.split_once("\n\n") {
                let lines: Vec<(&str, &str)> =
                    event.lines().filter_map(|line| line.split_once(": ")).collect();
                let value =
                    |name: &str| lines.iter().find(|(found, _)| *found == name).map(|(_, value)| *value);
                let event = value("data").map(|data| Event {
                    id: value("id").map(|id| id.parse().unwrap()),
                    name: value("event").map(str::to_owned),
                    data: serde_json::from_str(data).unwrap(),
                });
                self.read = self.read.split_off(self.read.len() - rest.len());
                if event.is_some() {
                    return event;
                }
            } else {
                self.read.push_str(str::from_utf8(&self.answer.chunk().await.unwrap()?).unwrap());
            }
        }
    }
}

/// Appends large messages to the user's stream, as if that much had happened; the number of the last one.
async fn happen(fleet: &Fleet, user: &User, messages: i64) -> u64 {
    let id: Uuid = user.get("/v1/me").await["id"].as_str().unwrap().parse().unwrap();
    let mut tx = fleet.notifications.every_row.begin().await.unwrap();
    let head: i64 = sqlx::query_scalar(
        "INSERT INTO stream_heads (user_id, seq) VALUES ($1, $2)
         ON CONFLICT (user_id) DO UPDATE SET seq = stream_heads.seq + $2 RETURNING seq",
    )
    .bind(id)
    .bind(messages)
    .fetch_one(&mut *tx)
    .await
    .unwrap();
    sqlx::query(
        "INSERT INTO stream_messages (user_id, seq, type, data)
         SELECT $1, $2 + n, 'trade.closed', jsonb_build_object('padding', repeat('x', 60000))
         FROM generate_series(1, $3) AS n",
    )
    .bind(id)
    .bind(head - messages)
    .bind(messages)
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    head.unsigned_abs()
}

fn cut() -> u64 {
    let metrics = runtime::telemetry::render_metrics();
    let count = metrics.lines().find_map(|line| line.strip_prefix("live_clients_cut_total "));
    count.map_or(0, |count| count.parse().unwrap())
}

/// Reads until the stream is closed: the last number, after `last` without a gap.
async fn read_on(live: &mut Live, mut last: u64) -> (u64, u16) {
    loop {
        match live.next().await {
            Ok(message) if message["type"] == "hello" => {}
            Ok(message) => {
                assert_eq!(message["seq"].as_u64(), Some(last + 1));
                last += 1;
            }
            Err(code) => return (last, code),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_reads_too_slowly_is_cut_and_resumes_without_loss() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let mut stalled = Vec::new();
    for _ in 0..4 {
        let mut live = user.live("").await;
        let start = live.next().await.unwrap()["data"]["seq"].as_u64().unwrap();
        stalled.push((live, start));
    }

    let newest = happen(&fleet, &user, 600).await;
    eventually("all of them to be cut", async || (cut() == 4).then_some(())).await;

    for (mut live, start) in stalled {
        let (mut last, code) = read_on(&mut live, start).await;
        // Whoever comes back after ten seconds finds the connection gone without a word.
        assert!([1013, 0].contains(&code), "{code}");
        assert!(last < newest, "nobody was cut");
        // What was missed comes as fast as it is read.
        let mut live = user.live(&format!("?since={last}")).await;
        while last < newest {
            let message = live.next().await.unwrap();
            last = message["seq"].as_u64().filter(|seq| *seq > 0).unwrap_or(last);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_of_events_that_stalls_is_cut_as_well() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let mut events = Events::open(&user, "", None).await;
    let mut last = events.next().await.unwrap().id.unwrap();

    let newest = happen(&fleet, &user, 600).await;
    eventually("it to be cut", async || (cut() == 1).then_some(())).await;

    // The rest of what was sent before, then why there is no more.
    let end = loop {
        let event = events.next().await.unwrap();
        if event.name.is_some() {
            break event;
        }
        assert_eq!(event.id, Some(last + 1));
        last += 1;
    };
    assert_eq!((end.name.as_deref(), &end.data["code"]), (Some("end"), &json!(1013)));
    assert!(last < newest, "nobody was cut");
    let mut resumed = Events::open(&user, "", Some(last)).await;
    while last < newest {
        let event = resumed.next().await.unwrap();
        last = event.id.unwrap_or(last);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn both_streams_end_when_the_token_that_opened_them_expires() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let id = user.get("/v1/me").await["id"].clone();
    let session = user.get("/v1/auth/sessions").await["items"][0]["id"].clone();
    let now = Clock::system().now();
    let forge = Forge::new(&fleet.signing_key, now);
    let mut claims = forge.claims_with("exp", json!(now.unix_timestamp() + 3));
    claims["sub"] = id;
    claims["sid"] = session;
    let short = User { access_token: forge.sign(&claims), ..user.clone() };
    let mut live = short.live("").await;
    let mut events = Events::open(&short, "", None).await;
    events.next().await.unwrap();

    assert_eq!(live.closed().await, 4401);
    let end = events.next().await.unwrap();

    assert_eq!((end.name.as_deref(), &end.data["code"]), (Some("end"), &json!(4401)));
    assert!(events.next().await.is_none());
    // The session itself goes on.
    user.get("/v1/me").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn events_tell_what_the_socket_tells_and_end_with_the_session() {
    let fleet = Fleet::start(Plan { instances: 2, ..Plan::default() }).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    let mut live = user.live("").await;
    let mut events = Events::open(&user.at(&fleet.gateways[1]), "", None).await;
    let hello = events.next().await.unwrap();
    assert_eq!(live.next().await.unwrap(), hello.data);
    assert_eq!(hello.id, hello.data["data"]["seq"].as_u64());

    user.import(&account, "trips.csv", round_trips(3, "101")).await;

    let mut told = Vec::new();
    while told.last().is_none_or(|message: &Value| message["type"] != "statistics.updated") {
        let event = events.next().await.unwrap();
        assert_eq!((event.id, event.name), (event.data["seq"].as_u64(), None));
        assert_eq!(live.next().await.unwrap(), event.data);
        told.push(event.data);
    }
    let (first, last) = (told[0]["seq"].as_u64().unwrap(), told.last().unwrap()["seq"].as_u64().unwrap());
    for (query, last_event) in [(format!("?since={first}"), None), ("?since=0".to_owned(), Some(first))] {
        let mut resumed = Events::open(&user, &query, last_event).await;
        let hello = resumed.next().await.unwrap();
        assert_eq!((hello.id, &hello.data["data"]["resumed"]), (None, &json!(true)));
        for seq in first + 1..=last {
            assert_eq!(resumed.next().await.unwrap().id, Some(seq), "{query}");
        }
    }
    let session = user.get("/v1/auth/sessions").await["items"][0]["id"].as_str().unwrap().to_owned();
    user.send(Method::DELETE, &format!("/v1/auth/sessions/{session}"), None).await;
    let end = loop {
        let event = events.next().await.unwrap();
        if event.name.is_some() {
            break event;
        }
    };
    assert_eq!((end.name.as_deref(), &end.data["code"]), (Some("end"), &json!(4401)));
    assert!(events.next().await.is_none());
    assert_eq!(live.closed().await, 4401);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_events_are_for_their_user_from_a_place_that_is_one() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let url = format!("{}/v1/stream/sse", user.gateway);
    assert_eq!(user.client.get(&url).send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    for (query, last_event) in [("", "x"), ("", "-1"), ("?since=x", "1"), ("?from=1", "1")] {
        let request = user.client.get(format!("{url}{query}")).bearer_auth(&user.access_token);
        let answer = request.header("last-event-id", last_event).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{query} {last_event}");
    }
}
