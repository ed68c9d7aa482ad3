//! One open socket: forwards the caller's live messages until either side has a reason to stop.

use crate::{app::App, wire::notifications::LiveMessage as Wire};
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use identity::{Caller, authorized};
use journal_proto::notifications::v1::{LiveMessage, SubscribeRequest};
use serde_json::value::RawValue;
use std::time::Duration;
use tokio::time::{Instant, interval, timeout};
use tonic::{Code, Status, Streaming};

const HEARTBEAT: Duration = Duration::from_secs(20);
/// A client that takes longer than this for one message is cut; it resumes by `seq`.
const SEND_DEADLINE: Duration = Duration::from_secs(10);
const REVOCATION_LOOK: Duration = Duration::from_millis(250);
const RECONNECT_FOR: Duration = Duration::from_secs(10);

/// Why a socket is closed (RFC 6455 codes; 4401 is ours: sign in again).
#[derive(Clone, Copy)]
enum End {
    Unauthorized(&'static str),
    Restarting,
    Unavailable,
    Slow,
    Left,
}

impl End {
    fn frame(self) -> Option<CloseFrame> {
        let (code, reason) = match self {
            Self::Unauthorized(reason) => (4401, reason),
            Self::Restarting => (1012, "restarting: reconnect with since"),
            Self::Unavailable => (1013, "try again later"),
            Self::Slow => (1013, "too slow: reconnect with since"),
            Self::Left => return None,
        };
        Some(CloseFrame { code, reason: reason.into() })
    }
}

/// Runs the socket to its end.
pub(super) async fn serve(app: App, caller: Caller, since: Option<u64>, mut socket: WebSocket) {
    metrics::gauge!("websockets_open").increment(1);
    let end = forward(&app, &caller, since, &mut socket).await;
    if let Some(frame) = end.frame() {
        let _ = timeout(SEND_DEADLINE, socket.send(Message::Close(Some(frame)))).await;
    }
    metrics::gauge!("websockets_open").decrement(1);
}

async fn forward(app: &App, caller: &Caller, mut since: Option<u64>, socket: &mut WebSocket) -> End {
    let mut subscription = match subscribe(app, caller, since).await {
        Ok(subscription) => subscription,
        Err(end) => return end,
    };
    let mut heartbeat = interval(HEARTBEAT);
    let mut look = interval(REVOCATION_LOOK);
    let life = caller.expires_at - app.clock.now();
    let expiry = Instant::now() + Duration::try_from(life).unwrap_or_default();
    loop {
        tokio::select! {
            () = app.stopping.cancelled() => return End::Restarting,
            () = tokio::time::sleep_until(expiry) => return End::Unauthorized("the access token expired"),
            _ = look.tick() => {
                if app.revocations.contains(caller.session_id) {
                    return End::Unauthorized("the session ended");
                }
            }
            _ = heartbeat.tick() => {
                if let Err(end) = send(socket, Message::Ping(Vec::new().into())).await {
                    return end;
                }
            }
            incoming = socket.recv() => match incoming {
                // Nothing a client says means anything here; pongs are answered for us.
                Some(Ok(Message::Text(_) | Message::Binary(_) | Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Close(_)) | Err(_)) | None => return End::Left,
            },
            message = subscription.message() => match message {
                Ok(Some(message)) => {
                    let ended = message.r#type == "session.revoked" && names_session(&message, caller);
                    since = position(&message).or(since);
                    if let Err(end) = deliver(socket, &message).await {
                        return end;
                    }
                    if ended {
                        app.revocations.insert(caller.session_id);
                        return End::Unauthorized("the session ended");
                    }
                }
                Ok(None) | Err(_) => match subscribe(app, caller, since).await {
                    Ok(again) => subscription = again,
                    Err(end) => return end,
                },
            },
        }
    }
}

/// Subscribes, for a while also when notifications is just being replaced.
async fn subscribe(app: &App, caller: &Caller, since: Option<u64>) -> Result<Streaming<LiveMessage>, End> {
    let deadline = Instant::now() + RECONNECT_FOR;
    loop {
        let request = authorized(SubscribeRequest { since }, caller);
        match app.notifications.clone().subscribe(request).await {
            Ok(response) => return Ok(response.into_inner()),
            Err(status) if status.code() == Code::Unauthenticated => {
                return Err(End::Unauthorized("the access token is not valid"));
            }
            Err(status) => wait_or_give_up(app, &status, deadline).await?,
        }
    }
}

async fn wait_or_give_up(app: &App, status: &Status, deadline: Instant) -> Result<(), End> {
    tracing::debug!(%status, "cannot subscribe to live messages yet");
    if Instant::now() > deadline {
        return Err(End::Unavailable);
    }
    tokio::select! {
        () = app.stopping.cancelled() => Err(End::Restarting),
        () = tokio::time::sleep(Duration::from_millis(250)) => Ok(()),
    }
}

async fn deliver(socket: &mut WebSocket, message: &LiveMessage) -> Result<(), End> {
    let Ok(data) = serde_json::from_str::<&RawValue>(&message.data_json) else {
        tracing::error!(r#type = message.r#type, "a live message is not JSON");
        return Ok(());
    };
    let wire = Wire { seq: message.seq, r#type: &message.r#type, data };
    let Ok(text) = serde_json::to_string(&wire) else { return Ok(()) };
    send(socket, Message::Text(text.into())).await
}

async fn send(socket: &mut WebSocket, message: Message) -> Result<(), End> {
    match timeout(SEND_DEADLINE, socket.send(message)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(End::Left),
        Err(_) => Err(End::Slow),
    }
}

/// Where to resume after this message; the greeting, which has no number of its own, tells the newest one.
fn position(message: &LiveMessage) -> Option<u64> {
    if message.seq > 0 {
        return Some(message.seq);
    }
    let greeting: serde_json::Value = serde_json::from_str(&message.data_json).ok()?;
    greeting.get("seq")?.as_u64()
}

fn names_session(message: &LiveMessage, caller: &Caller) -> bool {
    let data: serde_json::Value = serde_json::from_str(&message.data_json).unwrap_or_default();
    data.get("session_id").and_then(|id| id.as_str()) == Some(&caller.session_id.to_string())
}
