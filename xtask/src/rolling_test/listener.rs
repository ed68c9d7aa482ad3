//! A client that hears everything by WebSocket, and comes back after the last number it heard when it is cut.

use super::client::Client;
use anyhow::{Context as _, bail};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    io::ErrorKind,
    net::TcpStream,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};
use tungstenite::{ClientRequestBuilder, Error, Message, WebSocket, client};

/// How soon it looks whether it is to stop.
const LOOK: Duration = Duration::from_millis(200);
/// As a browser waits before it reconnects.
const BEFORE_RETURN: Duration = Duration::from_millis(100);
/// The access token ended.
const UNAUTHORIZED: u16 = 4401;
/// The connection broke without a word.
const NO_WORD: u16 = 1006;

/// What it has heard.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// Messages by type.
    pub messages: BTreeMap<String, u64>,
    /// How often it was cut, by the code that it was told.
    pub cuts: BTreeMap<u16, u64>,
    /// The longest time without a connection.
    pub away: Duration,
}

pub(super) struct Listener {
    client: Client,
    /// The number after which the next message must come; `None` before the first greeting.
    since: Option<u64>,
    heard: Heard,
}

impl Listener {
    pub fn new(client: Client) -> Self {
        Self { client, since: None, heard: Heard::default() }
    }

    /// Listens until `stop`. `last` follows the number heard last, for whoever waits for it.
    pub fn listen(mut self, last: &AtomicU64, stop: &AtomicBool) -> Heard {
        let mut cut: Option<Instant> = None;
        while !stop.load(Ordering::Relaxed) {
            self.client.keep_signed_in();
            let begin = Instant::now();
            match open(&self.client, self.since) {
                Ok(mut socket) => {
                    self.client.tally().success("WebSocket opened", begin.elapsed());
                    if let Some(cut) = cut {
                        self.heard.away = self.heard.away.max(cut.elapsed());
                    }
                    let code = self.hear(&mut socket, last, stop);
                    cut = Some(Instant::now());
                    if let Some(code) = code {
                        self.came_to_an_end(code);
                    }
                }
                Err(error) => self.client.tally().failure("WebSocket opened", &format!("{error:#}")),
            }
            thread::sleep(BEFORE_RETURN);
        }
        self.heard
    }

    fn came_to_an_end(&mut self, code: u16) {
        *self.heard.cuts.entry(code).or_default() += 1;
        match code {
            NO_WORD => self.client.tally().failure("WebSocket", "it broke without a close frame"),
            UNAUTHORIZED => drop(self.client.refresh()),
            _ => {}
        }
    }

    /// The code that the connection was closed with; `None`: it is to stop.
    fn hear(
        &mut self,
        socket: &mut WebSocket<TcpStream>,
        last: &AtomicU64,
        stop: &AtomicBool,
    ) -> Option<u16> {
        while !stop.load(Ordering::Relaxed) {
            match socket.read() {
                Ok(Message::Text(text)) => self.note(&text, last),
                Ok(Message::Close(frame)) => return Some(frame.map_or(NO_WORD, |frame| frame.code.into())),
                Ok(_) => {}
                Err(Error::Io(error))
                    if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                Err(_) => return Some(NO_WORD),
            }
        }
        let _ = socket.close(None);
        None
    }

    fn note(&mut self, text: &str, last: &AtomicU64) {
        let message: Value = serde_json::from_str(text).unwrap_or_default();
        let kind = message.get("type").and_then(Value::as_str).unwrap_or("no type").to_owned();
        let seq = message.get("seq").and_then(Value::as_u64).unwrap_or_default();
        let tally = self.client.tally();
        if kind == "hello" {
            let resumed = message.pointer("/data/resumed").and_then(Value::as_bool);
            if self.since.is_some() && resumed == Some(false) {
                tally.failure("WebSocket", "it is not resumed");
            }
            let newest = message.pointer("/data/seq").and_then(Value::as_u64).unwrap_or_default();
            self.since = self.since.or(Some(newest));
        } else {
            let expected = self.since.unwrap_or_default() + 1;
            if seq > expected {
                tally.failure("WebSocket", &format!("{} messages before {seq} are lost", seq - expected));
            } else if seq < expected {
                tally.failure("WebSocket", &format!("{seq} comes again"));
            }
            self.since = Some(seq);
        }
        *self.heard.messages.entry(kind).or_default() += 1;
        last.store(self.since.unwrap_or_default(), Ordering::Relaxed);
    }
}

fn open(client_of: &Client, since: Option<u64>) -> anyhow::Result<WebSocket<TcpStream>> {
    let address = client_of.url.strip_prefix("http://").context("it is no plain HTTP")?;
    let stream = TcpStream::connect(address).context("nobody listens")?;
    // While it shakes hands it waits longer.
    stream.set_read_timeout(Some(Duration::from_secs(15)))?;
    stream.set_nodelay(true)?;
    let query = since.map_or_else(String::new, |since| format!("?since={since}"));
    let uri = format!("ws://{address}/v1/stream{query}").parse()?;
    let request = ClientRequestBuilder::new(uri).with_header("Authorization", &client_of.bearer);
    let (socket, _) = client(request, stream).map_err(|error| anyhow::anyhow!("{error}"))?;
    socket.get_ref().set_read_timeout(Some(LOOK))?;
    Ok(socket)
}

/// The number of a user's newest message.
pub(super) fn newest(client_of: &Client) -> anyhow::Result<u64> {
    let mut socket = open(client_of, None)?;
    socket.get_ref().set_read_timeout(Some(Duration::from_secs(15)))?;
    loop {
        match socket.read().context("no greeting")? {
            Message::Text(text) => {
                let hello: Value = serde_json::from_str(&text)?;
                return hello
                    .pointer("/data/seq")
                    .and_then(Value::as_u64)
                    .context("a greeting without a number");
            }
            Message::Close(_) => bail!("closed before the greeting"),
            Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
        }
    }
}
