//! The live stream, as a client hears it.

use super::session::Session;
use anyhow::Context as _;
use serde_json::Value;
use std::{
    net::TcpStream,
    time::{Duration, SystemTime},
};
use time::OffsetDateTime;
use tungstenite::{ClientRequestBuilder, Message, WebSocket, client};

/// How long nothing may be heard; the server pings every 20 s.
const SILENCE: Duration = Duration::from_mins(1);

/// An open WebSocket.
pub(super) struct Socket(WebSocket<TcpStream>);

impl Socket {
    pub fn open(session: &Session) -> anyhow::Result<Self> {
        let address = session.url.strip_prefix("http://").context("the gateway speaks no plain HTTP")?;
        let stream = TcpStream::connect(address).context("cannot reach the gateway")?;
        stream.set_read_timeout(Some(SILENCE))?;
        stream.set_nodelay(true)?;
        let uri = format!("ws://{address}/v1/stream").parse()?;
        let request = ClientRequestBuilder::new(uri).with_header("Authorization", &session.bearer);
        let (socket, _) =
            client(request, stream).map_err(|error| anyhow::anyhow!("no live stream: {error}"))?;
        Ok(Self(socket))
    }

    /// When the next message of that type arrived.
    pub fn wait_for(mut self, kind: &str) -> anyhow::Result<OffsetDateTime> {
        loop {
            let message = self.0.read().with_context(|| format!("waiting for {kind}"))?;
            #[expect(clippy::disallowed_methods, reason = "compared with what a service's clock said")]
            let arrived = OffsetDateTime::from(SystemTime::now());
            if let Message::Text(text) = message {
                let message: Value = serde_json::from_str(&text)?;
                if message.get("type").and_then(Value::as_str) == Some(kind) {
                    return Ok(arrived);
                }
            }
        }
    }
}
