//! What a connection is doing: opening, being asked, answering, or nothing.

use super::Connections;
use axum::{body::Body, response::Response};
use http::{Request, Version, header};
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};
use tokio::sync::watch;

/// As much of a request's head as is kept to be looked at.
const MAX_KEPT: usize = 32 * 1024;

/// Marks a request that told its length in two ways (RFC 9112, 6.1): hyper forgets one of them.
#[derive(Clone, Copy)]
pub(crate) struct TwoLengths;

/// The stage of one connection. Clones share it.
#[derive(Clone)]
pub(super) struct Stage {
    now: watch::Sender<Now>,
    head: Arc<Mutex<Vec<u8>>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Now {
    /// Requests whose answers are not sent yet.
    answering: u32,
    /// A request's first bytes are there, or the connection is new.
    being_asked: bool,
    /// Bytes between requests begin no request: they are frames of HTTP/2 or of a WebSocket.
    is_framed: bool,
}

impl Default for Stage {
    fn default() -> Self {
        let now = Now { answering: 0, being_asked: true, is_framed: false };
        Self { now: watch::Sender::new(now), head: Arc::default() }
    }
}

impl Stage {
    /// Bytes came in.
    pub fn arrived(&self, bytes: &[u8]) {
        let now = *self.now.borrow();
        if now.answering > 0 || now.is_framed {
            return;
        }
        let mut head = self.head.lock().unwrap_or_else(PoisonError::into_inner);
        let room = MAX_KEPT.saturating_sub(head.len()).min(bytes.len());
        head.extend_from_slice(bytes.get(..room).unwrap_or_default());
        drop(head);
        self.now.send_if_modified(|now| !std::mem::replace(&mut now.being_asked, true));
    }

    /// A request's head is complete.
    pub fn begin(&self, mut request: Request<Body>) -> (Request<Body>, Answering) {
        let head = std::mem::take(&mut *self.head.lock().unwrap_or_else(PoisonError::into_inner));
        if request.headers().contains_key(header::TRANSFER_ENCODING) && tells_length(&head) {
            request.extensions_mut().insert(TwoLengths);
        }
        let is_framed =
            request.version() == Version::HTTP_2 || request.headers().contains_key(header::UPGRADE);
        self.now.send_modify(|now| {
            *now = Now { answering: now.answering + 1, being_asked: false, is_framed };
        });
        (request, Answering { stage: self.clone() })
    }

    /// True when requests were answered and none has begun.
    pub fn is_between_requests(&self) -> bool {
        let now = *self.now.borrow();
        now.answering == 0 && !now.being_asked
    }

    /// Waits until the connection was without a request for too long.
    pub async fn is_over(&self, connections: &Connections) {
        let mut changes = self.now.subscribe();
        loop {
            let now = *changes.borrow_and_update();
            let limit = if now.being_asked { connections.header_time } else { connections.idle_time };
            tokio::select! {
                biased;
                _ = changes.changed() => {}
                () = tokio::time::sleep(limit), if now.answering == 0 => return,
            }
        }
    }
}

/// True when a head has a `Content-Length` line.
fn tells_length(head: &[u8]) -> bool {
    let lines = head.split(|byte| *byte == b'\n');
    let mut lines = lines.skip(1).take_while(|line| !line.trim_ascii().is_empty());
    lines.any(|line| {
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
        name.trim_ascii().eq_ignore_ascii_case(b"content-length")
    })
}

/// A request is being answered until this is dropped.
pub(super) struct Answering {
    stage: Stage,
}

impl Answering {
    /// Until the last byte of the answer is on its way.
    pub fn until_sent(self, response: Response) -> Response<Answer> {
        response.map(|body| Answer { body, _answering: self })
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.stage.now.send_modify(|now| now.answering -= 1);
    }
}

/// The body of an answer.
pub(super) struct Answer {
    body: Body,
    _answering: Answering,
}

impl HttpBody for Answer {
    type Data = <Body as HttpBody>::Data;
    type Error = <Body as HttpBody>::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_header_line_tells_the_length() {
        assert!(tells_length(b"POST / HTTP/1.1\r\nHost: a\r\ncontent-LENGTH: 5\r\n\r\nhello"));
        assert!(tells_length(b"POST / HTTP/1.1\nContent-Length : 5\n\n"));
        assert!(!tells_length(b"POST /?content-length: HTTP/1.1\r\nHost: a\r\n\r\nContent-Length: 5\r\n"));
        assert!(!tells_length(b""));
    }
}
