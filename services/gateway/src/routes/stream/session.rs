//! One open socket: sends what its outbox holds, and says why it ends.

use super::{
    end::End,
    feed::Feed,
    outbox::{self, Queued},
};
use axum::extract::ws::{Message, WebSocket};
use std::time::Duration;
use tokio::{
    sync::mpsc::Receiver,
    time::{interval, timeout},
};

const HEARTBEAT: Duration = Duration::from_secs(20);
/// A client that takes longer than this for one message is cut; it resumes by `seq`.
const SEND_DEADLINE: Duration = Duration::from_secs(10);

/// Runs the socket to its end.
pub(super) async fn serve(feed: Feed, mut socket: WebSocket) {
    metrics::gauge!("websockets.open").increment(1);
    let end = Box::pin(run(feed, &mut socket)).await;
    if let Some(frame) = end.frame() {
        let _ = timeout(SEND_DEADLINE, socket.send(Message::Close(Some(frame)))).await;
    }
    metrics::gauge!("websockets.open").decrement(1);
}

async fn run(feed: Feed, socket: &mut WebSocket) -> End {
    let (outbox, queued) = outbox::open();
    let mut sending = std::pin::pin!(send_all(queued, socket));
    let end = tokio::select! {
        end = feed.run(outbox) => end,
        end = &mut sending => return end,
    };
    // Who was fast enough gets all that came before the end.
    if end != End::Slow {
        let _ = timeout(SEND_DEADLINE, sending).await;
    }
    end
}

/// Sends until nobody puts in any more, or the client leaves.
async fn send_all(mut queued: Receiver<Queued>, socket: &mut WebSocket) -> End {
    let mut heartbeat = interval(HEARTBEAT);
    loop {
        let message = tokio::select! {
            next = queued.recv() => match next {
                Some(queued) => Message::Text(queued.text.into()),
                None => return End::Left,
            },
            _ = heartbeat.tick() => Message::Ping(Vec::new().into()),
            incoming = socket.recv() => match incoming {
                // Nothing a client says means anything here; pongs are answered for us.
                Some(Ok(Message::Text(_) | Message::Binary(_) | Message::Ping(_) | Message::Pong(_))) => continue,
                Some(Ok(Message::Close(_)) | Err(_)) | None => return End::Left,
            },
        };
        match timeout(SEND_DEADLINE, socket.send(message)).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return End::Left,
            Err(_) => return End::Slow,
        }
    }
}
