//! A client that writes bytes, right or wrong, straight to the gateway's socket.

use serde_json::Value;
use std::{collections::HashMap, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// What came back before the gateway closed the connection.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HashMap<String, String>,
    pub body: Vec<u8>,
}

/// A connection to the gateway at this URL.
pub async fn connect(gateway: &str) -> TcpStream {
    TcpStream::connect(gateway.trim_start_matches("http://")).await.unwrap()
}

/// Sends `bytes`, and reads until the gateway closes the connection.
pub async fn ask(gateway: &str, bytes: &[u8]) -> Option<Answer> {
    let mut stream = connect(gateway).await;
    // The gateway may have heard enough before all is sent.
    let _ = stream.write_all(bytes).await;
    read(&mut stream).await
}

/// Reads the one answer of a connection that is then closed; `None`: it was closed without one.
pub async fn read(stream: &mut TcpStream) -> Option<Answer> {
    let mut bytes = Vec::new();
    let closed = tokio::time::timeout(Duration::from_mins(1), stream.read_to_end(&mut bytes)).await;
    assert!(closed.is_ok(), "the gateway has kept the connection for a minute");
    Answer::parse(&bytes)
}

impl Answer {
    fn parse(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
        let head = str::from_utf8(&bytes[..end]).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().unwrap();
        let headers = lines.map(|line| line.split_once(':').unwrap());
        let headers = headers.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned())).collect();
        Some(Self { status, headers, body: bytes[end + 4..].to_vec() })
    }

    /// Panics unless this is a 4xx of ours: a problem, with every security header.
    pub fn assert_refusal(&self, name: &str) {
        let body = String::from_utf8_lossy(&self.body);
        assert!((400..500).contains(&self.status), "{name}: {} {body}", self.status);
        assert_eq!(
            self.headers.get("content-type").map(String::as_str),
            Some("application/problem+json"),
            "{name}"
        );
        for header in [
            "strict-transport-security",
            "x-content-type-options",
            "content-security-policy",
            "referrer-policy",
            "x-frame-options",
            "cross-origin-resource-policy",
            "cache-control",
            "x-request-id",
        ] {
            assert!(self.headers.contains_key(header), "{name}: no {header} in {:?}", self.headers);
        }
        assert!(!self.headers.contains_key("server"), "{name}");
        let json = body.find('{').zip(body.rfind('}')).map(|(start, end)| &body[start..=end]);
        let problem: Value = serde_json::from_str(json.unwrap_or_default()).unwrap();
        assert_eq!(problem["status"], self.status, "{name}: {problem}");
        assert!(problem["type"].as_str().unwrap().starts_with("urn:journal:problem:"), "{name}: {problem}");
        assert!(problem["trace_id"].is_string(), "{name}: {problem}");
    }
}
